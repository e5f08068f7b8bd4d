import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { z } from 'zod';
import { type AnswerContext, answerRequest } from './answer-request';
import { AccessState, accessKeySchema } from './control/access-state';
import { answerControl, CONTROL_PATH } from './control/control-door';
import { Faults } from './control/faults';
import { RoleState } from './control/role-state';
import { SeenRequests } from './control/seen-requests';
import { type ControlParts, StandInControl } from './control/stand-in-control';
import { ObjectStorage } from './storage/object-storage';
import { answerSts, isSts } from './sts/answer-sts';

export interface S3StandInOptions {
  /** Everything is kept here: objects, buckets, keys. Created when missing. */
  readonly directory: string;
  /** 0 (default) takes a free port. */
  readonly port?: number;
  /** Region of buckets created without one; default us-east-1. */
  readonly region?: string;
  /** Owner of buckets created without one, twelve digits. */
  readonly accountId?: string;
  /** Buckets to have from the start, in `region`; one that is there is left as it is. */
  readonly buckets?: readonly string[];
  /** Keys to have from the start. One that is there takes the given secret and grants and stays revoked if it was. */
  readonly keys?: readonly z.input<typeof accessKeySchema>[];
  /** Opens the control door under `/_control/`; without it there is none. */
  readonly controlToken?: string;
  /** False speeds up tests: what is stored then survives the death of the process, not a power cut. */
  readonly syncToDisk?: boolean;
  readonly nowMs?: () => number;
}

export interface S3StandIn {
  /** `http://127.0.0.1:port`, the endpoint for path-style clients. */
  readonly url: string;
  readonly port: number;
  /** Everything the control door offers, in-process. */
  readonly control: StandInControl;
  /** Ends open connections and leaves everything on disk. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used (${cause.code})`;
      reject(new Error(`The S3 stand-in cannot start: port ${port} ${why}`, { cause }));
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

async function openParts(options: S3StandInOptions): Promise<ControlParts> {
  const storage = await ObjectStorage.open(options.directory, { syncToDisk: options.syncToDisk ?? true });
  const access = await AccessState.open(options.directory);
  for (const key of options.keys ?? []) await access.ensureKey(accessKeySchema.parse(key));
  return {
    storage,
    access,
    roles: await RoleState.open(options.directory),
    sts: { fault: null, calls: [] },
    faults: new Faults(),
    seenRequests: new SeenRequests(),
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '123456789012',
    nowMs: options.nowMs ?? Date.now,
  };
}

/** Starts the stand-in on loopback: an S3 server with SigV4, conditional writes, checksums and faults on demand. */
export async function startS3StandIn(options: S3StandInOptions): Promise<S3StandIn> {
  const parts = await openParts(options);
  const control = new StandInControl(parts);
  for (const name of options.buckets ?? []) {
    if (parts.storage.bucket(name) === undefined) await control.createBucket({ name });
  }
  const closing = new AbortController();
  // Every hanging or slowed request listens to it.
  setMaxListeners(0, closing.signal);
  const inFlight = new Set<Promise<void>>();
  const context: AnswerContext = { ...parts, control, closed: closing.signal };
  let port = 0;
  const server = createServer((incoming, response) => {
    const isControl = options.controlToken !== undefined && (incoming.url ?? '').startsWith(CONTROL_PATH);
    const answered = isControl
      ? answerControl(incoming, response, { control, token: options.controlToken ?? '', port })
      : isSts(incoming)
        ? answerSts(incoming, response, context)
        : answerRequest(incoming, response, context);
    // A client that goes away in the middle ends up here; there is nobody left to answer.
    const ended = answered.catch(() => void incoming.socket.destroy());
    inFlight.add(ended);
    void ended.finally(() => inFlight.delete(ended));
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  try {
    port = await listen(server, options.port ?? 0);
  } catch (cause) {
    await parts.storage.close();
    throw cause;
  }
  return {
    url: `http://${HOST}:${port}`,
    port,
    control,
    close: async () => {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.all(inFlight);
      await parts.storage.close();
    },
  };
}
