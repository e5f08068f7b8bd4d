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

/** How the user or the role is called in every text, so that fixes can name it. */
export function grantName(kind: GrantAccess['kind']): string {
  return kind === 'role' ? 'sluice-delivery-role' : 'sluice-delivery';
}
