import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import type { CheckCause } from '@/lib/domain/access-check/causes';
import { nameCause } from '@/lib/domain/access-check/name-cause';
import { checkFolder } from '@/lib/domain/access-check/test-file';
import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { objectMetadata } from '@/lib/domain/delivery/object-metadata';
import type { ObjectAccess, PutRequest, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { SampleFile } from '@/lib/services/sample/build-sample-file';
import { markSamplesRemoved, markSamplesWritten } from '@/lib/services/sample/mark-sample-files';
import { planSampleFiles } from '@/lib/services/sample/plan-sample-files';
import {
  address,
  CALL_DEADLINE_MS,
  passed,
  placeOf,
  refused,
  refusedFor,
  type Step,
  type StepContext,
  skipped,
} from './step-context';

const LINE_FEED = 0x0a;
/** What only looks whether an upload passes, and is removed at once. */
const NO_LINES = gzipSync('');

/** The PUT that delivery makes, header for header; only the key is of our own folder. */
export function testPut(
  { check }: Pick<StepContext, 'check'>,
  access: ObjectAccess,
  { fileId, key, body }: Pick<SampleFile, 'fileId' | 'key' | 'body'>,
): PutRequest {
  const lines = gunzipSync(body);
  const rows = lines.filter((byte) => byte === LINE_FEED).length;
  return {
    place: { ...placeOf(check), key },
    access,
    body,
    crc32: crc32(body),
    metadata: objectMetadata({ fileId, streamId: 0, rows, crcRaw: crc32(lines), lo: 0, hi: 0 }),
    deadlineMs: CALL_DEADLINE_MS,
  };
}

type Refusal = Extract<StoreAnswer<never>, { kind: 'error' }>;

/**
 * Writes a test file of each data type. A refusal is taken apart: first without asking whose the bucket is (the row
 * after this one tells), then with S3's own encryption, which says whether it is about a key.
 */
export const checkWrite: Step = async (context) => {
  const { deps, check, facts } = context;
  const opened = await context.open();
  if (opened.kind === 'error') return refused('write', `PUT ${address(check)}`, opened);
  const [first, ...others] = await planSampleFiles(deps.sql, check, deps);
  // Nothing is planned for a round that is another's by now, and what is said of it is not recorded either.
  if (first === undefined) return skipped();
  const { ownerAccountId: _, ...plain } = opened.value;
  const ownerAccountId = check.ownerAccountId ?? facts.accountId ?? undefined;
  const owned: ObjectAccess = { ...plain, ownerAccountId };
  let answer = await putTestFile(context, owned, first);
  if (answer.kind === 'ok' && ownerAccountId !== undefined) facts.ownerAccountId = ownerAccountId;
  if (isDenied(answer) && ownerAccountId !== undefined) answer = await putTestFile(context, plain, first);
  const rest = answer.kind === 'ok' ? await putOthers(context, plain, others) : null;
  const tried = `PUT ${address(check, first.key)}, If-None-Match: *`;
  const refusal = answer.kind === 'error' ? answer : rest;
  if (refusal !== null) {
    if (rest !== null) await removeTestFiles(context, plain, [first, ...others]);
    const cause = await behind(context, { access: plain, answer: refusal });
    return refusedFor('write', cause, { tried, answer: refusal });
  }
  facts.testFileKey = first.key;
  return passed(tried, {
    requestId: answer.requestId,
    found: others.length === 0 ? null : `${others.length + 1} files, one of each data type`,
  });
};

async function putTestFile(
  context: StepContext,
  access: ObjectAccess,
  file: SampleFile,
): Promise<StoreAnswer<unknown>> {
  const answer = await context.deps.store.putIfAbsent(testPut(context, access, file));
  if (answer.kind === 'ok') await markSamplesWritten(context.deps.sql, context.check.id, [file.key]);
  return answer;
}

/** The files of the further data types; the first refusal, or null. */
async function putOthers(
  context: StepContext,
  access: ObjectAccess,
  files: readonly SampleFile[],
): Promise<Refusal | null> {
  const answers = await Promise.all(files.map((file) => putTestFile(context, access, file)));
  return answers.find((answer) => answer.kind === 'error') ?? null;
}

/** Removes what a check has written; the first refusal, or the last answer. Null when there is nothing to remove. */
export async function removeTestFiles(
  { deps, check }: Pick<StepContext, 'deps' | 'check'>,
  access: ObjectAccess,
  files: readonly Pick<SampleFile, 'key'>[],
): Promise<StoreAnswer<unknown> | null> {
  const answers = await Promise.all(
    files.map(async ({ key }) => {
      const answer = await deps.store.remove({ ...placeOf(check), key }, access, CALL_DEADLINE_MS);
      if (answer.kind === 'ok') await markSamplesRemoved(deps.sql, check.id, [key]);
      return answer;
    }),
  );
  return answers.find((answer) => answer.kind === 'error') ?? answers.at(-1) ?? null;
}

function isDenied(answer: StoreAnswer<unknown>): boolean {
  return answer.kind === 'error' && classifyFault(answer).kind === 'denied';
}

/** What the answer itself does not say: whether the same upload without a key of KMS would have passed. */
const UNSAID: readonly CheckCause[] = ['write_refused', 'write_refused_by_bucket_policy'];

async function behind(
  context: StepContext,
  { access, answer }: { readonly access: ObjectAccess; readonly answer: Refusal },
): Promise<CheckCause> {
  const cause = nameCause('write', answer);
  if (!UNSAID.includes(cause)) return cause;
  const { deps, check } = context;
  const fileId = deps.newName();
  const key = `${checkFolder(check.prefix)}${fileId}.jsonl.gz`;
  const file = { fileId, key, body: NO_LINES };
  const other = await deps.store.putIfAbsent({ ...testPut(context, access, file), encryption: 'AES256' });
  if (other.kind === 'error') return cause;
  await deps.store.remove({ ...placeOf(check), key }, access, CALL_DEADLINE_MS);
  if (cause === 'write_refused_by_bucket_policy') return 'put_refused_without_encryption';
  return check.kmsKeyArn === null ? 'kms_default_refused' : 'kms_refused';
}
