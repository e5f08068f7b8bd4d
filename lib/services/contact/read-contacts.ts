import type { Contacts } from '@/lib/domain/contact/contacts';
import type { Db, DbTransaction } from '@/lib/platform/db/client';

/** Whom a routing's customer wants to be told, in the order of their entry. */
export async function readContacts(db: Db | DbTransaction, routingId: string): Promise<Contacts> {
  const rows = await db.contact.findMany({
    where: { routingId },
    orderBy: [{ createdAt: 'asc' }, { email: 'asc' }],
  });
  return {
    awsAdmin: rows.find(({ role }) => role === 'aws_admin')?.email ?? null,
    live: rows.filter(({ role }) => role === 'live').map(({ email }) => email),
  };
}

/** Everybody of them, each once. */
export function allContacts({ awsAdmin, live }: Contacts): string[] {
  return awsAdmin === null ? [...live] : [awsAdmin, ...live.filter((email) => email !== awsAdmin)];
}
