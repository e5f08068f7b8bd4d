import type { S3Client } from '@aws-sdk/client-s3';
import type { Sql } from '@/lib/platform/sql';
import { readObjectWrites } from '@/lib/testing/object-writes';
import { checkDelivered, type OracleVerdict } from '@/lib/testing/oracle';
import { isSegmentKey, judgeSegments } from './judge-segments';
import type { SendRecord, SentMark } from './load/send-record';
import { BUCKET } from './stage/stand-in';
import type { ChaosRouting } from './stage/tenants';

export interface JudgeInput {
  readonly client: S3Client;
  readonly sql: Sql;
  readonly standInDirectory: string;
  readonly routings: readonly ChaosRouting[];
  readonly records: ReadonlyMap<string, SendRecord>;
}

export interface Judgement {
  readonly perRouting: Readonly<Record<string, OracleVerdict>>;
  readonly violations: readonly string[];
}

/** Holds every routing's part of the bucket against what its producers were told. Call it when all is at rest. */
export async function judge(input: JudgeInput): Promise<Judgement> {
  const writes = await readObjectWrites(input.standInDirectory, BUCKET);
  const perRouting: Record<string, OracleVerdict> = {};
  const violations: string[] = [];
  for (const routing of input.routings) {
    const record = input.records.get(routing.workspace.workspaceId);
    if (record === undefined) throw new Error(`Nobody sends to the workspace of ${routing.name}`);
    const verdict = await checkDelivered({
      client: input.client,
      bucket: BUCKET,
      prefix: routing.root,
      sql: input.sql,
      acked: marksFor(routing, record, 'acked'),
      unacked: marksFor(routing, record, 'unknown'),
      isCounted: (key) => !isSegmentKey(key),
      writes,
    });
    perRouting[routing.name] = verdict;
    const wrong = [...verdict.faults, ...(await judgeSegments(input.client, routing, record))];
    violations.push(...wrong.map((fault) => `${routing.name}: ${fault}`));
  }
  for (const record of input.records.values()) violations.push(...record.wrongAnswers);
  return { perRouting, violations };
}

/** What was refused as surely not stored is in neither: where it turns up, it is foreign. */
function marksFor(routing: ChaosRouting, record: SendRecord, fate: 'acked' | 'unknown'): string[] {
  const marks: string[] = [];
  for (const [mark, sent] of record.marks)
    if (sent.fate === fate && isWanted(routing, sent)) marks.push(mark);
  return marks;
}

function isWanted(routing: ChaosRouting, { type, eventName }: SentMark): boolean {
  if (!routing.dataTypes.includes(type)) return false;
  return type !== 'events' || routing.eventNames.length === 0 || routing.eventNames.includes(eventName);
}
