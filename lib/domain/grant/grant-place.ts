/** What a policy is made for. */
export interface PolicyPlace {
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  readonly kmsKeyArn: string | null;
}

/** What every text of a grant is filled in with. */
export interface GrantPlace extends PolicyPlace {
  readonly region: string;
  readonly access: GrantAccess;
}

/** Who is let in: a user with keys, or our identity through a role that asks for the external id. */
export type GrantAccess =
  | { readonly kind: 'keys' }
  | { readonly kind: 'role'; readonly externalId: string; readonly principalArn: string };

export const GRANT_FORMATS = ['policy', 'guide', 'trust', 'cloudformation', 'terraform', 'cli'] as const;
export type GrantFormat = (typeof GRANT_FORMATS)[number];

/** One way to make the access, ready to copy or to save. */
export interface GrantText {
  readonly format: GrantFormat;
  /** “CloudFormation”. */
  readonly title: string;
  readonly fileName: string;
  readonly text: string;
}

const BUCKET_CHARACTERS_MAX = 40;

/**
 * How the user or the role is called in every text: another place of the same account gets another name. At most 64
 * signs, as IAM takes; a bucket's signs are all of IAM's.
 */
export function grantName({ bucket, prefix }: Pick<PolicyPlace, 'bucket' | 'prefix'>): string {
  return `sluice-${bucket.slice(0, BUCKET_CHARACTERS_MAX)}-${shortHash(`${bucket}/${prefix}`)}`;
}

/** FNV-1a, 32 bits: tells places apart, and keeps no secret. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
