import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { AppError } from '@/lib/domain/errors';
import { bodyFault } from './event-source';
import { JsonScanner } from './json-scanner';
import { LineCounter } from './line-counter';

/**
 * Parses a small JSON body by the same byte rules as events, then by its schema. Throws VALIDATION; the issue's
 * field names the line, or the path of the first field that is wrong.
 */
export function parseDocument<T>(body: Buffer, schema: z.ZodType<T>): T {
  const scanner = new JsonScanner();
  scanner.open(body);
  const end = scanner.value(scanner.space(0), 0);
  if (end >= 0 && scanner.space(end) < body.length) scanner.broken(scanner.space(end));
  if (scanner.fault !== null) throw bodyFault(scanner.fault, new LineCounter(body).at(scanner.faultAt));
  if (!isUtf8(body)) throw bodyFault('utf8', 1);
  const parsed = schema.safeParse(JSON.parse(body.toString('utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  const message = issue?.message ?? 'is not valid';
  throw new AppError('VALIDATION', message, { issues: [{ field, message }] });
}
