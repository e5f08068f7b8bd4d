export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface TrustStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: { readonly AWS: string };
  readonly Action: string;
  readonly Condition: { readonly StringEquals: { readonly 'sts:ExternalId': string } };
}

/** A policy document as JSON, the way a person would lay it out. */
export function writePolicy(statements: readonly (PolicyStatement | TrustStatement)[]): string {
  const text = JSON.stringify(policyDocument(statements), null, 2);
  // A list of one stays on its line: half the height, and the same JSON.
  return text.replace(/\[\n\s+("(?:[^"\\]|\\.)*")\n\s+\]/g, '[$1]');
}

/** A policy document as AWS reads it. */
export function policyDocument(statements: readonly (PolicyStatement | TrustStatement)[]) {
  return { Version: '2012-10-17', Statement: statements };
}
