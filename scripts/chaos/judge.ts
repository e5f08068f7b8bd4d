import type { S3Client } from '@aws-sdk/client-s3';
import type { Sql } from '@/lib/platform/sql';
import { readObjectWrites } from '@/lib/testing/object-writes';
import { checkDelivered, type OracleVerdict } from '@/lib/testing/oracle';
import { type EndingVerdict, judgeEnding } from './judge-ending';
import { isSegmentKey, judgeSegments } from './judge-segments';
import type { SendRecord } from './load/send-record';
import { BUCKET } from './stage/stand-in';
import type { ChaosRouting } from './stage/tenants';
import { isWanted } from './wanted';

export interface JudgeInput {
  readonly client: S3Client;
  readonly sql: Sql;
  readonly standInDirectory: string;
  readonly routings: readonly ChaosRouting[];
  readonly records: ReadonlyMap<string, SendRecord>;
}

export interface Judgement {
  readonly perRouting: Readonly<Record<string, OracleVerdict>>;
  /** Of those that were disabled, by name. */
  readonly endings: Readonly<Record<string, EndingVerdict>>;
  readonly violations: readonly string[];
}

/** Holds every routing's part of the bucket against what its producers were told. Call it when all is at rest. */
export async function judge(input: JudgeInput): Promise<Judgement> {
  const writes = await readObjectWrites(input.standInDirectory, BUCKET);
  const perRouting: Record<string, OracleVerdict> = {};
  const endings: Record<string, EndingVerdict> = {};
  const violations: string[] = [];
  for (const routing of input.routings) {
    const record = input.records.get(routing.workspace.workspaceId);
    if (record === undefined) throw new Error(`Nobody sends to the workspace of ${routing.name}`);
    const ending = routing.ending === null ? null : await judgeEnding(input.sql, routing, record);
    if (ending !== null) endings[routing.name] = ending;
    const verdict = await checkDelivered({
      client: input.client,
      bucket: BUCKET,
      prefix: routing.root,
      sql: input.sql,
      acked: ending?.due ?? marksFor(routing, record, 'acked'),
      unacked: ending?.maybe ?? marksFor(routing, record, 'unknown'),
      keysInDoubt: ending?.keysInDoubt ?? new Set(),
      isCounted: (key) => !isSegmentKey(key),
      writes,
    });
    perRouting[routing.name] = verdict;
    const ofSegments = await judgeSegments(input.client, routing, record);
    const wrong = [...(ending?.faults ?? []), ...verdict.faults, ...ofSegments];
    violations.push(...wrong.map((fault) => `${routing.name}: ${fault}`));
  }
  for (const record of input.records.values()) violations.push(...record.wrongAnswers);
  return { perRouting, endings, violations };
}

/** What was refused as surely not stored is in neither: where it turns up, it is foreign. */
function marksFor(routing: ChaosRouting, record: SendRecord, fate: 'acked' | 'unknown'): string[] {
  const marks: string[] = [];
  for (const [mark, sent] of record.marks)
    if (sent.fate === fate && isWanted(routing, sent)) marks.push(mark);
  return marks;
}
