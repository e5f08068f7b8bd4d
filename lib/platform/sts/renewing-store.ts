import type { ObjectAccess, ObjectStore, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { RoleSessions } from './role-sessions';

/** S3 no longer takes the session; with access keys the same codes are about the keys. */
const ENDED: readonly string[] = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'];
/** The session may be worthless, for example because the role was made anew: the next one tells. */
const DOUBTED: readonly string[] = [
  'InvalidToken',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
];

/**
 * The store for access by roles: a session that it no longer takes is forgotten, and its end is answered as
 * `RoleSessionEnded`, which is tried again with a new one, instead of as keys that have expired.
 */
export function renewSessions(store: ObjectStore, sessions: Pick<RoleSessions, 'forget'>): ObjectStore {
  const watch = async <T>({ credential }: ObjectAccess, answered: Promise<StoreAnswer<T>>) => {
    const answer = await answered;
    if (answer.kind === 'ok' || credential.sessionToken === undefined) return answer;
    const hasEnded = ENDED.includes(answer.code);
    if (hasEnded || DOUBTED.includes(answer.code)) sessions.forget(credential);
    return hasEnded ? { ...answer, code: 'RoleSessionEnded' } : answer;
  };
  return {
    putIfAbsent: (request) => watch(request.access, store.putIfAbsent(request)),
    head: (place, access, deadlineMs) => watch(access, store.head(place, access, deadlineMs)),
    list: (request) => watch(request.access, store.list(request)),
    remove: (place, access, deadlineMs) => watch(access, store.remove(place, access, deadlineMs)),
    close: () => store.close(),
  };
}
