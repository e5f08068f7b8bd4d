/** The chain of what concerns the vendor alone; an organization's has the organization's id. */
export const VENDOR_CHAIN = '00000000-0000-0000-0000-000000000000';

/** What the first row of a chain is hashed after. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

/** A row of the audit as Postgres writes its columns. */
export interface ChainedRow {
  readonly id: string;
  readonly organizationId: string | null;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  /** The text that Postgres makes of the stored JSON. */
  readonly detail: string;
  /** Since 1970, UTC. */
  readonly atMicros: string;
}

interface Place {
  readonly chain: string;
  readonly seq: number;
  /** Of the row before; hexadecimal. */
  readonly previousHash: string;
}

/**
 * What SHA-256 is taken over for one row of a chain: every field as `<bytes in UTF-8>:<text>,` so that no two rows read
 * the same. The same as `audit.hash_of` in the database, and changed only together with its first field.
 */
export function encodeChainedRow(row: ChainedRow, place: Place): string {
  const fields = [
    'sluice-audit-1',
    place.previousHash,
    place.chain,
    String(place.seq),
    row.id,
    row.organizationId ?? '',
    row.actor,
    row.action,
    row.target,
    row.detail,
    row.atMicros,
  ];
  return fields.map((field) => `${byteLength(field)}:${field},`).join('');
}

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** What does not hold of a chain. */
export interface ChainFinding {
  readonly chain: string;
  /** Of the row in its chain; null for a row that is in none. */
  readonly seq: number | null;
  /** `audit_event.id`, where it is known. */
  readonly eventId: string | null;
  readonly kind: ChainFindingKind;
}

export type ChainFindingKind =
  | 'altered'
  | 'row-missing'
  | 'link-missing'
  | 'not-chained'
  | 'cut-off'
  | 'rewritten';

const SAY: Readonly<Record<ChainFindingKind, string>> = {
  altered: 'is not what was recorded there: altered, replaced or moved',
  'row-missing': 'was deleted',
  'link-missing': 'was deleted, and its place in the chain with it',
  'not-chained': 'is in no chain: inserted past the database’s own rules',
  'cut-off': 'is where the chain ends, but its head names another: rows were cut off or added',
  rewritten: 'is not the one that was kept from before: the chain was written anew',
};

/** A finding as a sentence that names the row. */
export function tellChainFinding({ chain, seq, eventId, kind }: ChainFinding): string {
  const where = chain === VENDOR_CHAIN ? 'the vendor’s chain' : `the chain of organization ${chain}`;
  const row = eventId === null ? '' : ` (audit_event ${eventId})`;
  return seq === null
    ? `A row of ${where}${row} ${SAY[kind]}.`
    : `Row ${seq} of ${where}${row} ${SAY[kind]}.`;
}
