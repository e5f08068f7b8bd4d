import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { invariant } from '@/lib/domain/errors';
import { awsClientRules } from '@/lib/platform/aws-client-rules';
import { s3Endpoint } from './endpoint';
import type { ObjectAccess, ObjectPlace } from './object-store';

const CLIENTS_MAX = 64;
const CONNECTION_TIMEOUT_MS = 10_000;
const SOCKET_IDLE_MS = 30_000;

interface Entry {
  readonly client: S3Client;
  inUse: number;
  isEvicted: boolean;
}

type Endpoint = Pick<ObjectPlace, 'endpoint'>;

/** One client per endpoint, region and credential; the least recently used goes when there are too many. */
export class S3ClientCache {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly prepare: (client: S3Client) => void) {}

  /** Runs with a client that stays open meanwhile, evicted or not. Throws when the credential is empty. */
  async use<T>(place: Endpoint, access: ObjectAccess, run: (client: S3Client) => Promise<T>): Promise<T> {
    const entry = this.#take(place, access);
    entry.inUse += 1;
    try {
      return await run(entry.client);
    } finally {
      entry.inUse -= 1;
      if (entry.isEvicted && entry.inUse === 0) entry.client.destroy();
    }
  }

  close(): void {
    for (const entry of this.#entries.values()) entry.client.destroy();
    this.#entries.clear();
  }

  #take(place: Endpoint, access: ObjectAccess): Entry {
    requireCredential(access.credential);
    const key = cacheKey(place, access);
    const known = this.#entries.get(key);
    const entry = known ?? { client: this.#create(place, access), inUse: 0, isEvicted: false };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [oldKey, old] of this.#entries) {
      if (this.#entries.size <= CLIENTS_MAX) break;
      this.#entries.delete(oldKey);
      old.isEvicted = true;
      if (old.inUse === 0) old.client.destroy();
    }
    return entry;
  }

  #create(place: Endpoint, access: ObjectAccess): S3Client {
    const { accessKeyId, secretAccessKey, sessionToken } = access.credential;
    const client = new S3Client({
      ...s3Endpoint(place.endpoint, access.region),
      region: access.region,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      ...awsClientRules(),
      maxAttempts: 1,
      useArnRegion: false,
      disableMultiregionAccessPoints: true,
      disableS3ExpressSessionAuth: true,
      followRegionRedirects: false,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: new NodeHttpHandler({
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        socketTimeout: SOCKET_IDLE_MS,
      }),
    });
    this.prepare(client);
    return client;
  }
}

/** The SDK signs with the process's own identity when it gets none: neither absent nor empty keys may reach it. */
function requireCredential(credential: Partial<ObjectAccess['credential']> | null | undefined): void {
  const { accessKeyId, secretAccessKey, sessionToken } = credential ?? {};
  const isWhole = [accessKeyId, secretAccessKey].every((part) => typeof part === 'string' && part !== '');
  invariant(isWhole && sessionToken !== '', 'an object store never gets an empty credential');
}

/** The secret itself is not kept in a key that could be printed. */
function cacheKey(place: Endpoint, access: ObjectAccess): string {
  const { accessKeyId, secretAccessKey } = access.credential;
  const secretHash = createHash('sha256').update(secretAccessKey).digest('base64');
  return [place.endpoint, access.region, accessKeyId, secretHash].join('\n');
}
