import { z } from 'zod';

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany,
  Resource: oneOrMany,
  Condition: z
    .object({ StringLike: z.object({ 's3:prefix': oneOrMany }).optional(), StringEquals: z.unknown() })
    .partial()
    .optional(),
});
export type SessionStatement = z.output<typeof statementSchema>;
export const sessionPolicySchema = z.array(statementSchema);

const policySchema = z.object({ Version: z.literal('2012-10-17'), Statement: sessionPolicySchema });

/** As AWS counts it: the text as it was sent. */
const CHARACTERS_MAX = 2_048;

/** Reads an inline session policy; null when AWS would refuse it as malformed or too long. */
export function readSessionPolicy(text: string): readonly SessionStatement[] | null {
  if (text.length > CHARACTERS_MAX) return null;
  try {
    return policySchema.parse(JSON.parse(text)).Statement;
  } catch {
    return null;
  }
}

interface Wanted {
  readonly action: string;
  readonly bucket: string;
  readonly key: string;
}

/** Whether a session policy leaves the right. Keys of KMS are held to the action only. */
export function sessionAllows(statements: readonly SessionStatement[], wanted: Wanted): boolean {
  const applies = statements.filter((statement) => matches(statement, wanted));
  return applies.some(({ Effect }) => Effect === 'Allow') && !applies.some(({ Effect }) => Effect === 'Deny');
}

function matches(
  { Action, Resource, Condition }: SessionStatement,
  { action, bucket, key }: Wanted,
): boolean {
  if (!Action.some((pattern) => isLike(pattern, action))) return false;
  if (action.startsWith('kms:')) return true;
  const isOfObject = /Object$/.test(action) && key !== '';
  const arn = `arn:aws:s3:::${bucket}${isOfObject ? `/${key}` : ''}`;
  const prefixes = Condition?.StringLike?.['s3:prefix'];
  if (prefixes !== undefined && !prefixes.some((pattern) => isLike(pattern, key))) return false;
  return Resource.some((pattern) => isLike(pattern, arn));
}

function isLike(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's').test(text);
}
