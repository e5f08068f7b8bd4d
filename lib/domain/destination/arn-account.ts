/** The AWS account that an ARN names, twelve digits; null where it names none, as those of buckets. */
export function accountOfArn(arn: string): string | null {
  return /^arn:aws[a-z-]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;
}
