import pg from 'pg';
import { AppError } from '@/lib/domain/errors';
import type { Sql, SqlClient } from '@/lib/platform/sql';
import { APPEND_TEXT, toAppendParameters } from './append-statement';
import { type AppendAttempt, type AppendRetry, appendUntilAnswered } from './append-until-answered';
import type { AppendRequest, AppendResult } from './event-log';

/**
 * One append, tried again under the same id while replies are lost. Throws `AppendOutcomeUnknownError` when the
 * deadline passes without an answer, AppError UNAVAILABLE when the database was never reached, and the database's
 * own error when nothing was stored.
 */
export async function appendToPostgres(
  sql: Sql,
  request: AppendRequest,
  retry: AppendRetry,
): Promise<AppendResult> {
  const parameters = toAppendParameters(request);
  return appendUntilAnswered((timeoutMs) => appendOnce(sql, parameters, timeoutMs), request.appendId, retry);
}

async function appendOnce(sql: Sql, parameters: unknown[], timeoutMs: number): Promise<AppendAttempt> {
  let client: SqlClient;
  try {
    client = await connectWithin(sql, timeoutMs);
  } catch (error) {
    return { kind: 'failed', error, retry: true };
  }
  let unreplicated = false;
  const onNotice = (notice: { message?: string | undefined }) => {
    unreplicated ||= /synchronous replication/.test(notice.message ?? '');
  };
  client.on('notice', onNotice);
  let attempt: AppendAttempt;
  try {
    // Named, so that each connection parses it once: a quarter of the server's work for a small append.
    const query = { name: 'log.append', text: APPEND_TEXT, values: parameters, query_timeout: timeoutMs };
    const { rows } = await client.query<{ offsets: number[] }>(query);
    // A commit whose wait for the standby was cancelled is reported as success with a warning.
    attempt = unreplicated
      ? { kind: 'unknown', error: new Error('The standby did not confirm the append') }
      : { kind: 'answered', result: { kind: 'stored', offsets: toOffsets(rows[0]?.offsets) } };
  } catch (error) {
    attempt = interpret(error);
  }
  client.off('notice', onNotice);
  // A connection of unclear state is closed; a refusal leaves it sound.
  client.release(attempt.kind !== 'answered');
  return attempt;
}

async function connectWithin(sql: Sql, timeoutMs: number): Promise<SqlClient> {
  const connecting = sql.connect();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No connection to the database within ${timeoutMs} ms`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([connecting, timeout]);
  } catch (error) {
    // A connection that comes too late goes back to the pool; one that fails too late has been reported.
    void connecting.then(
      (client) => client.release(),
      () => undefined,
    );
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function toOffsets(values: readonly number[] | undefined): number[] {
  if (values === undefined) throw new AppError('INTERNAL', 'log.append answered without offsets');
  return values.map(Number);
}

function interpret(error: unknown): AppendAttempt {
  if (!(error instanceof pg.DatabaseError)) return { kind: 'unknown', error };
  const code = error.code ?? '';
  if (code === 'SL001') {
    return { kind: 'answered', result: { kind: 'hour_closed', chunkIndexes: toIndexes(error) } };
  }
  if (code === 'SL002') {
    return { kind: 'answered', result: { kind: 'key_exists', idempotencyIndexes: toIndexes(error) } };
  }
  // Connection exceptions and shutdowns may strike after the commit; 25P04 ends a session that stood still.
  if (code.startsWith('08') || code.startsWith('57P') || code === '25P04') return { kind: 'unknown', error };
  // Deadlock and serialization failure undo themselves and pass when tried again.
  return { kind: 'failed', error, retry: code.startsWith('40') };
}

function toIndexes(error: pg.DatabaseError): number[] {
  const indexes: unknown = JSON.parse(error.detail ?? '[]');
  if (!Array.isArray(indexes) || indexes.length === 0)
    throw new AppError('INTERNAL', 'log.append refused without saying what');
  return indexes.map(Number);
}
