import { stripPasted } from './access-key';

/** What was changed in pasted access before it was stored, as sentences for the person who pasted them. */
export function pastedNotices(given: {
  accessKeyId?: unknown;
  secretAccessKey?: unknown;
  roleArn?: unknown;
}): string[] {
  const fields = [
    ['access key ID', given.accessKeyId],
    ['secret access key', given.secretAccessKey],
    ['ARN of the role', given.roleArn],
  ] as const;
  return fields
    .filter(([, value]) => typeof value === 'string' && value !== stripPasted(value))
    .map(([name]) => `We removed spaces or quotes around the ${name} before storing it.`);
}
