import type { Sql } from '@/lib/platform/sql';

type Bucket = { readonly endpoint: string; readonly bucket: string };

/** Where a conditional PUT was seen to be refused under a taken key. */
export interface ProvenStores {
  /** Always true of AWS, whose endpoint is empty. */
  isProven(place: Bucket): Promise<boolean>;
  record(place: Bucket): Promise<void>;
}

const FIND = 'SELECT 1 FROM delivery.proven_store WHERE endpoint = $1 AND bucket = $2';
const RECORD = 'INSERT INTO delivery.proven_store (endpoint, bucket) VALUES ($1, $2) ON CONFLICT DO NOTHING';

/** The proven stores in Postgres; what was proven is asked once by each process. */
export function createProvenStores(sql: Sql): ProvenStores {
  const known = new Set<string>();
  const nameOf = ({ endpoint, bucket }: Bucket) => `${endpoint} ${bucket}`;
  return {
    isProven: async (place) => {
      if (place.endpoint === '' || known.has(nameOf(place))) return true;
      const { rows } = await sql.query(FIND, [place.endpoint, place.bucket]);
      if (rows.length > 0) known.add(nameOf(place));
      return rows.length > 0;
    },
    record: async (place) => {
      await sql.query(RECORD, [place.endpoint, place.bucket]);
      known.add(nameOf(place));
    },
  };
}
