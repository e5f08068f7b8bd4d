import type { Contacts } from '@/lib/domain/contact/contacts';
import type { DbTransaction } from '@/lib/platform/db/client';

interface Written {
  readonly organizationId: string;
  readonly routingId: string;
  readonly contacts: Contacts;
}

/** Puts these contacts in the place of those that were there. */
export async function writeContacts(
  tx: DbTransaction,
  { organizationId, routingId, contacts: { awsAdmin, live } }: Written,
): Promise<void> {
  const admin = awsAdmin === null ? [] : [{ role: 'aws_admin', email: awsAdmin }];
  const rows = [...admin, ...live.map((email) => ({ role: 'live', email }))];
  await tx.contact.deleteMany({ where: { routingId } });
  // Rows of one transaction have one time; those that read them want the order in which they were typed.
  const createdAt = Date.now();
  await tx.contact.createMany({
    data: rows.map((row, index) => ({
      ...{ organizationId, routingId, ...row },
      createdAt: new Date(createdAt + index),
    })),
  });
}
