import type { STSClient } from '@aws-sdk/client-sts';
import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { sessionPolicy } from '@/lib/domain/grant/session-policy';
import type { Clock } from '@/lib/platform/clock';
import type { OpenedCredential, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { assumeRole, proveExternalId } from './assume-role';
import type { OpenSession, RolePlace, RoleSessions } from './role-sessions';
import { type AwsIdentity, createStsClient, type StsPlace } from './sts-clients';

/** As long as a role allows by default, and as a chained role is given at all. */
const SESSION_SECONDS = 3_600;
/** A session is renewed so long before it ends; until then trouble of STS does no harm. */
const RENEW_BEFORE_MS = 10 * 60_000;
/** Longer than the longest upload: a session that ends in the middle of one is of no use. */
const LEFT_MIN_MS = 3 * 60_000;
const SESSIONS_MAX = 512;

interface Session {
  readonly credential: OpenedCredential;
  /** By the monotonic clock, from before it was asked for. */
  readonly endsAtMs: number;
}

export interface RoleSessionOptions {
  /** Null: there is none, and every role is answered `AWS_IDENTITY_MISSING` without any request. */
  readonly identity: AwsIdentity | null;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Whether stores that are not AWS are asked for sessions, by the same identity: only where it is made for them. */
  readonly asksOwnStores: boolean;
}

/** Sessions of customers' roles in this process, over AWS STS. */
export function createRoleSessions(options: RoleSessionOptions): RoleSessions {
  const { identity, clock, asksOwnStores } = options;
  const clients = new Map<string, STSClient>();
  const sessions = new Map<string, Session>();
  const underWay = new Map<string, Promise<StoreAnswer<OpenedCredential>>>();

  function clientOf(place: StsPlace): STSClient | null {
    if (identity === null || (place.endpoint !== '' && !asksOwnStores)) return null;
    const name = `${place.endpoint}\n${place.region}`;
    const client = clients.get(name) ?? createStsClient(place, identity);
    clients.set(name, client);
    return client;
  }

  async function renew(name: string, place: RolePlace, deadlineMs: number) {
    const client = clientOf(place);
    if (client === null) return NO_IDENTITY;
    const startMs = clock.monotonicMs();
    const { roleArn, externalId } = place;
    const assumption = { roleArn, externalId, policy: sessionPolicy(place), seconds: SESSION_SECONDS };
    const answer = await assumeRole(client, assumption, deadlineMs);
    if (answer.kind === 'ok') {
      sessions.delete(name);
      sessions.set(name, { credential: answer.value, endsAtMs: startMs + SESSION_SECONDS * 1_000 });
      const [oldest] = sessions.keys();
      if (sessions.size > SESSIONS_MAX && oldest !== undefined) sessions.delete(oldest);
    }
    return answer;
  }

  async function open(place: RolePlace, { deadlineMs, isFresh = false }: OpenSession) {
    const name = nameOf(place);
    const session = sessions.get(name);
    const leftMs = session === undefined ? 0 : session.endsAtMs - clock.monotonicMs();
    if (session !== undefined && leftMs > RENEW_BEFORE_MS && !isFresh) return ok(session);
    // A fresh one is asked for by nobody else, so that nobody waits for a check.
    const renewal = isFresh
      ? renew(name, place, deadlineMs)
      : (underWay.get(name) ?? begin(name, place, deadlineMs));
    const answer = await renewal;
    const passes = answer.kind === 'error' && classifyFault(answer).kind === 'retry';
    return passes && session !== undefined && leftMs > LEFT_MIN_MS && !isFresh ? ok(session) : answer;
  }

  function begin(name: string, place: RolePlace, deadlineMs: number) {
    const renewal = renew(name, place, deadlineMs).finally(() => underWay.delete(name));
    underWay.set(name, renewal);
    return renewal;
  }

  return {
    open,
    forget(credential) {
      for (const [name, session] of sessions) {
        if (session.credential.accessKeyId === credential.accessKeyId) sessions.delete(name);
      }
    },
    async proveExternalId(place, deadlineMs) {
      const client = clientOf(place);
      return client === null ? NO_IDENTITY : proveExternalId(client, place.roleArn, deadlineMs);
    },
    close() {
      for (const client of clients.values()) client.destroy();
      clients.clear();
    },
  };
}

const NO_IDENTITY = {
  kind: 'error',
  httpStatus: null,
  code: 'AWS_IDENTITY_MISSING',
  message: 'No AWS identity is configured that could take on this role',
  requestId: null,
} as const satisfies StoreAnswer<never>;

function ok({ credential }: Session): StoreAnswer<OpenedCredential> {
  return { kind: 'ok', value: credential, requestId: null, httpStatus: 200 };
}

/** Everything that decides what a session may do, and where. */
function nameOf(place: RolePlace): string {
  const { roleArn, externalId, endpoint, region, bucket, prefixes, kmsKeyArn } = place;
  return JSON.stringify([roleArn, externalId, endpoint, region, bucket, prefixes, kmsKeyArn]);
}
