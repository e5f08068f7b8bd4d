import type { z } from 'zod';
import { AppError, type FieldIssue } from './errors';

/**
 * Parses what came in from outside; throws VALIDATION with one issue per field, in the schema's own sentences.
 * The error holds no value that was given.
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError('VALIDATION', 'Some fields need your attention.', {
    issues: toFieldIssues(parsed.error),
  });
}

/** The first issue of every field, by dotted path; '' stands for the input as a whole. */
export function toFieldIssues(error: z.ZodError): FieldIssue[] {
  const byField = new Map<string, FieldIssue>();
  for (const issue of error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')];
    const message = issue.code === 'unrecognized_keys' ? 'There is no such field.' : issue.message;
    for (const field of names) if (!byField.has(field)) byField.set(field, { field, message });
  }
  return [...byField.values()];
}
