import { credentialAad } from '@/lib/platform/secret-box/credential-aad';
import { noticeAad, webhookAad } from '@/lib/platform/secret-box/notice-aad';

type SealedRow = Readonly<Record<string, unknown>>;

/** A table with sealed columns: what the rotation walks, and what a new sealed column must be added to. */
export interface SealedTable {
  readonly table: string;
  /** Selected besides `id` and the sealed columns: what the place of a secret is made of. */
  readonly placeColumns: readonly string[];
  /** Sealed column → the place that its secret is bound to. */
  readonly columns: Readonly<Record<string, (row: SealedRow) => string>>;
  /** Column that repeats the key's name, where the table has one. */
  readonly keyIdColumn: string | null;
}

function credentialPlace(field: 'accessKeyId' | 'secretAccessKey') {
  return (row: SealedRow) =>
    credentialAad({
      organizationId: String(row.organization_id),
      routingId: String(row.routing_id),
      credentialId: String(row.id),
      version: Number(row.version),
      field,
    });
}

function placeOf(row: SealedRow) {
  return { organizationId: String(row.organization_id), routingId: String(row.routing_id) };
}

export const SEALED_TABLES: readonly SealedTable[] = [
  {
    table: 'credential',
    placeColumns: ['organization_id', 'routing_id', 'version'],
    columns: {
      access_key_id_sealed: credentialPlace('accessKeyId'),
      secret_access_key_sealed: credentialPlace('secretAccessKey'),
    },
    keyIdColumn: 'key_id',
  },
  {
    table: 'webhook',
    placeColumns: ['organization_id', 'routing_id'],
    columns: {
      secret_sealed: (row) => webhookAad({ ...placeOf(row), webhookId: String(row.id) }),
    },
    keyIdColumn: null,
  },
  {
    table: 'notice',
    placeColumns: ['organization_id', 'routing_id'],
    columns: {
      payload_sealed: (row) => noticeAad({ ...placeOf(row), noticeId: String(row.id) }),
    },
    keyIdColumn: null,
  },
];
