import type { DbTransaction } from '@/lib/platform/db/client';

const PERSON = /^(?:user|api_token):([0-9a-f-]{36})$/;
const LINK = /^hand_over_link:([0-9a-f-]{36})$/;

/**
 * Names for the actors of history rows: a person's name, with a token said to be one; of a hand-over link to whom it
 * was given. Processes keep their own.
 */
export async function readActorNames(
  db: Pick<DbTransaction, 'user' | 'handOverLink'>,
  actors: readonly string[],
): Promise<Map<string, string>> {
  const [users, links] = await Promise.all([readUsers(db, actors), readLinks(db, actors)]);
  return new Map([
    ...users.flatMap(({ id, name }): [string, string][] => [
      [`user:${id}`, name],
      [`api_token:${id}`, `${name} (API token)`],
    ]),
    ...links.map(({ id, recipient }): [string, string] => [
      `hand_over_link:${id}`,
      recipient === null ? 'Hand-over link' : `${recipient} (hand-over link)`,
    ]),
  ]);
}

function readUsers(db: Pick<DbTransaction, 'user'>, actors: readonly string[]) {
  const where = { id: { in: idsOf(actors, PERSON) } };
  return db.user.findMany({ where, select: { id: true, name: true } });
}

async function readLinks(db: Pick<DbTransaction, 'handOverLink'>, actors: readonly string[]) {
  const ids = idsOf(actors, LINK);
  if (ids.length === 0) return [];
  return db.handOverLink.findMany({ where: { id: { in: ids } }, select: { id: true, recipient: true } });
}

function idsOf(actors: readonly string[], pattern: RegExp): string[] {
  return [...new Set(actors.flatMap((actor) => pattern.exec(actor)?.[1] ?? []))];
}
