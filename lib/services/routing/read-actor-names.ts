import type { DbTransaction } from '@/lib/platform/db/client';

const PERSON = /^(?:user|api_token):([0-9a-f-]{36})$/;

/** Names for the actors of history rows: a person's name, with a token said to be one. Processes keep their own. */
export async function readActorNames(
  db: Pick<DbTransaction, 'user'>,
  actors: readonly string[],
): Promise<Map<string, string>> {
  const ids = new Set(actors.flatMap((actor) => PERSON.exec(actor)?.[1] ?? []));
  const users = await db.user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(
    users.flatMap(({ id, name }) => [
      [`user:${id}`, name],
      [`api_token:${id}`, `${name} (API token)`],
    ]),
  );
}
