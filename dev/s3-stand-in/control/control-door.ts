import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { faultSchema } from './faults';
import { roleSchema } from './role-state';
import {
  bucketInputSchema,
  bucketRegionInputSchema,
  bucketSettingsInputSchema,
  denialInputSchema,
  foreignObjectInputSchema,
  keyInputSchema,
  kmsKeyInputSchema,
  type StandInControl,
  stsFaultInputSchema,
} from './stand-in-control';

export const CONTROL_PATH = '/_control/';
const BODY_MAX_BYTES = 1024 * 1024;

type Command = (control: StandInControl, body: unknown) => unknown;

/** Parses before it acts, so that a wrong body is told apart from a failed command. */
function command<Schema extends z.ZodType>(
  schema: Schema,
  act: (control: StandInControl, input: z.output<Schema>) => unknown,
): Command {
  return (control, body) => act(control, schema.parse(body));
}

const accessKeyId = z.object({ accessKeyId: z.string() });

/** `POST /_control/<name>` with a JSON body; the answer is JSON. */
const COMMANDS: Readonly<Record<string, Command>> = {
  'create-bucket': command(bucketInputSchema, (control, input) => control.createBucket(input)),
  'set-bucket-region': command(bucketRegionInputSchema, (control, input) => control.setBucketRegion(input)),
  'set-bucket-settings': command(bucketSettingsInputSchema, (control, input) =>
    control.setBucketSettings(input),
  ),
  'create-key': command(keyInputSchema, (control, input) => control.createKey(input)),
  'revoke-key': command(accessKeyId, (control, input) => control.revokeKey(input)),
  'restore-key': command(accessKeyId, (control, input) => control.restoreKey(input)),
  deny: command(denialInputSchema, (control, input) => control.deny(input)),
  allow: command(z.object({ denialId: z.string() }), (control, input) => control.allow(input)),
  'set-kms-key': command(kmsKeyInputSchema, (control, input) => control.setKmsKey(input)),
  'put-foreign-object': command(foreignObjectInputSchema, (control, input) =>
    control.putForeignObject(input),
  ),
  'add-fault': command(faultSchema, (control, input) => control.faults.add(input)),
  'list-faults': command(z.object({}), (control) => ({ faults: control.faults.list() })),
  'clear-faults': command(z.object({ faultId: z.string().optional() }), (control, input) => ({
    cleared: control.faults.clear(input.faultId),
  })),
  'put-role': command(roleSchema, (control, input) => control.putRole(input)),
  'remove-role': command(z.object({ roleArn: z.string() }), (control, input) => control.removeRole(input)),
  'end-sessions': command(z.object({ roleArn: z.string().optional() }), (control, input) =>
    control.endSessions(input),
  ),
  'set-sts-fault': command(stsFaultInputSchema, (control, input) => control.setStsFault(input)),
  'list-requests': command(z.object({}), (control) => ({ requests: control.seenRequests.list() })),
};

function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const part of incoming) {
    const bytes = Buffer.from(part);
    sizeBytes += bytes.length;
    if (sizeBytes > BODY_MAX_BYTES) throw new SyntaxError('The body is too large');
    parts.push(bytes);
  }
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Why a request may not pass the door; null = it may. */
function refusal(incoming: IncomingMessage, door: { token: string; port: number }): [number, string] | null {
  // A page in a browser can reach loopback under any name; it cannot choose the Host it is checked against.
  const host = incoming.headers.host;
  if (host !== `127.0.0.1:${door.port}` && host !== `localhost:${door.port}`)
    return [403, 'Wrong Host header'];
  if (incoming.headers.origin !== undefined) return [403, 'Browsers may not use the control door'];
  const bearer = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
  if (!isSameSecret(bearer, door.token)) return [401, 'A bearer token is needed'];
  return incoming.method === 'POST' ? null : [405, 'Only POST'];
}

/** Answers one request to the control door. */
export async function answerControl(
  incoming: IncomingMessage,
  response: ServerResponse,
  door: { readonly control: StandInControl; readonly token: string; readonly port: number },
): Promise<void> {
  const refused = refusal(incoming, door);
  if (refused !== null) {
    incoming.resume();
    answer(response, refused[0], { error: refused[1] });
    return;
  }
  const run = COMMANDS[(incoming.url ?? '').slice(CONTROL_PATH.length)];
  try {
    const body = await readBody(incoming);
    if (run === undefined)
      answer(response, 404, { error: 'There is no such command', commands: Object.keys(COMMANDS) });
    else answer(response, 200, await run(door.control, body));
  } catch (cause) {
    if (cause instanceof z.ZodError) answer(response, 400, { error: z.prettifyError(cause) });
    else if (cause instanceof SyntaxError) answer(response, 400, { error: 'The body is not JSON' });
    else answer(response, 409, { error: cause instanceof Error ? cause.message : 'The command failed' });
  }
}
