import type { PastedPlace } from '@/lib/domain/destination/parse-pasted';

export const PLACE_FIELDS = ['endpoint', 'bucket', 'region', 'prefix'] as const;
export type PlaceField = (typeof PLACE_FIELDS)[number];
export type Place = Readonly<Record<PlaceField, string>>;

export interface Applied {
  readonly place: Place;
  /** What the pasted address says about these fields; an empty prefix is not among them. */
  readonly filled: readonly PlaceField[];
  /** What stood there before and stands there no more. */
  readonly replaced: readonly { readonly field: PlaceField; readonly before: string }[];
}

/**
 * Lays what was pasted over the fields. What an address does not say stays, but for the prefix of another bucket:
 * that belongs to the bucket which is replaced.
 */
export function applyPasted(place: Place, pasted: PastedPlace): Applied {
  const { bucket, prefix } = pasted;
  const keepsPrefix = prefix === '' && bucket === place.bucket;
  const next: Place = {
    endpoint: pasted.endpoint ?? place.endpoint,
    bucket,
    region: pasted.region ?? place.region,
    prefix: keepsPrefix ? place.prefix : prefix,
  };
  const isSaid: Readonly<Record<PlaceField, boolean>> = {
    endpoint: false,
    bucket: true,
    region: pasted.region !== null,
    prefix: prefix !== '',
  };
  return {
    place: next,
    filled: PLACE_FIELDS.filter((field) => isSaid[field]),
    replaced: PLACE_FIELDS.filter((field) => isReplaced(field, place[field], next[field])).map((field) => ({
      field,
      before: place[field],
    })),
  };
}

/** An empty field has nothing to lose, save the endpoint, whose empty value stands for AWS. */
function isReplaced(field: PlaceField, before: string, after: string): boolean {
  return before !== after && (before !== '' || field === 'endpoint');
}
