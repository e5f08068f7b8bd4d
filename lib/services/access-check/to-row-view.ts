import { z } from 'zod';
import { checkCause } from '@/lib/domain/access-check/causes';
import type { FixFacts } from '@/lib/domain/access-check/fix-facts';
import { checkStepSchema, STEP_RULES } from '@/lib/domain/access-check/step';
import { type CheckRowView, checkRowStateSchema } from '@/lib/domain/access-check/view';

export interface CheckOfRow {
  readonly check: {
    readonly state: string;
    readonly accessKind: string;
    readonly principalArn: string | null;
    readonly accountId: string | null;
    readonly testFileKey: string | null;
  };
  readonly place: Pick<
    FixFacts,
    'endpoint' | 'bucket' | 'prefix' | 'region' | 'kmsKeyArn' | 'ownerAccountId'
  >;
  readonly externalId: string;
  readonly roleArn: string | null;
}

interface StoredRow {
  readonly step: string;
  readonly state: string;
  readonly isDue: boolean;
  readonly tried: string | null;
  readonly found: string | null;
  readonly cause: string | null;
  readonly facts: unknown;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
  readonly elapsedMs: number | null;
  readonly triedAt: Date | null;
  readonly tries: number;
}

const factsSchema = z.object({
  foundRegion: z.string().nullable().default(null),
  keyArn: z.string().nullable().default(null),
  takenBy: z.string().nullable().default(null),
  surplusCount: z.number().int().nullable().default(null),
});

/** A stored row as people see it: what it means and what to paste come from the catalogue, filled in. */
export function toRowView(row: StoredRow, of: CheckOfRow): CheckRowView {
  const step = checkStepSchema.parse(row.step);
  const { title, isRequired } = STEP_RULES[step];
  const { cause, code, httpStatus, message } = row;
  const entry = cause === null ? null : checkCause(cause);
  const facts = entry === null ? null : fixFacts(row, of);
  return {
    step,
    title,
    isRequired,
    state: checkRowStateSchema.parse(row.state),
    isTrying: row.isDue && of.check.state === 'running',
    tried: row.tried,
    found: row.found,
    cause,
    whoseMove: entry?.owner ?? null,
    sentence: facts === null ? null : (entry?.sentence(facts) ?? null),
    fix: facts === null ? null : (entry?.fix(facts) ?? null),
    answer: code === null ? null : { httpStatus, code, message: message ?? '' },
    requestId: row.requestId,
    elapsedMs: row.elapsedMs,
    triedAt: row.triedAt?.toISOString() ?? null,
    tries: row.tries,
  };
}

function fixFacts(row: StoredRow, { check, place, externalId, roleArn }: CheckOfRow): FixFacts {
  const { endpoint, bucket, prefix, region, kmsKeyArn, ownerAccountId } = place;
  const { principalArn, accountId, testFileKey } = check;
  return {
    ...{ endpoint, bucket, prefix, region, kmsKeyArn, ownerAccountId, principalArn, accountId, testFileKey },
    ...factsSchema.parse(row.facts),
    accessKind: check.accessKind === 'role' ? 'role' : 'keys',
    roleArn,
    externalId,
  };
}
