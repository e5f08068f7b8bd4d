import type { Sql } from '@/lib/platform/sql';
import type { AttemptEnd } from './delivery-ledger';

/** Records how an attempt ended that says nothing about its lane. */
export async function endAttempt(sql: Sql, end: AttemptEnd): Promise<void> {
  await sql.query('SELECT delivery.end_attempt($1, $2, $3, $4, $5, $6)', [
    end.attemptId,
    end.outcome,
    end.httpStatus,
    end.code,
    end.requestId,
    end.message,
  ]);
}
