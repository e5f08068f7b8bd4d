/** Which kind of policy decided, in AWS's own words. */
export type DeniedBy = 'identity' | 'resource' | 'organization' | 'boundary' | 'endpoint' | 'session';

export interface Denial {
  /** `s3:PutObject`, `kms:GenerateDataKey`. */
  readonly action: string;
  /** Null when the message does not name one. */
  readonly resource: string | null;
  /** Null when the message does not say which kind of policy decided. */
  readonly by: DeniedBy | null;
  /** A Deny forbids; otherwise an Allow is missing. */
  readonly isExplicit: boolean;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
const AUTHORIZED = /is not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z]+)(?: on resource: "?([^\s"]+)"?)?/;
const MISSING = /because no (.+?) allows the/;
const EXPLICIT = /with an explicit deny in an? (.+)/;
const KINDS: readonly (readonly [RegExp, DeniedBy])[] = [
  [/^identity-based/, 'identity'],
  [/^resource-based/, 'resource'],
  [/^(?:service|resource) control/, 'organization'],
  [/^permissions boundary/, 'boundary'],
  [/^VPC endpoint/, 'endpoint'],
  [/^session/, 'session'],
];

/** What AWS's text of an AccessDenied says; null when it says no more than that. */
export function readDenial(message: string): Denial | null {
  const said = AUTHORIZED.exec(message);
  if (said === null) return null;
  const explicit = EXPLICIT.exec(message)?.[1];
  const policy = explicit ?? MISSING.exec(message)?.[1] ?? '';
  return {
    action: said[1] ?? '',
    resource: said[2] ?? null,
    by: KINDS.find(([pattern]) => pattern.test(policy))?.[1] ?? null,
    isExplicit: explicit !== undefined,
  };
}
