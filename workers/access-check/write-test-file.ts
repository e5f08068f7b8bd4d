import { crc32, gzipSync } from 'node:zlib';
import type { CheckCause } from '@/lib/domain/access-check/causes';
import { nameCause } from '@/lib/domain/access-check/name-cause';
import { testFileKey } from '@/lib/domain/access-check/test-file';
import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { objectMetadata } from '@/lib/domain/delivery/object-metadata';
import type { ObjectAccess, PutRequest, StoreAnswer } from '@/lib/platform/object-store/object-store';
import {
  address,
  CALL_DEADLINE_MS,
  passed,
  placeOf,
  refused,
  refusedFor,
  type Step,
  type StepContext,
} from './step-context';

/** No event is ever in it. */
const LINE = Buffer.from(
  `${JSON.stringify({ name: 'SluiceTest', note: 'Sluice looks whether it may write here. You may delete this.' })}\n`,
);
export const TEST_FILE = gzipSync(LINE);
const TEST_FILE_CRC = crc32(TEST_FILE);

/** The PUT that delivery makes, header for header; only the key is of our own folder. */
export function testPut(
  { check }: Pick<StepContext, 'check'>,
  access: ObjectAccess,
  key: string,
): PutRequest {
  const identity = { fileId: nameOf(key), streamId: 0, rows: 1, crcRaw: crc32(LINE), lo: 0, hi: 0 };
  return {
    place: { ...placeOf(check), key },
    access,
    body: TEST_FILE,
    crc32: TEST_FILE_CRC,
    metadata: objectMetadata(identity),
    deadlineMs: CALL_DEADLINE_MS,
  };
}

export function nameOf(key: string): string {
  return key.split('/').at(-1)?.split('.')[0] ?? '';
}

type Refusal = Extract<StoreAnswer<never>, { kind: 'error' }>;

/**
 * Writes the test file. A refusal is taken apart: first without asking whose the bucket is (the row after this one
 * tells), then with S3's own encryption, which says whether it is about a key.
 */
export const checkWrite: Step = async (context) => {
  const { deps, check, facts } = context;
  const opened = await context.open();
  const key = testFileKey(check.prefix, deps.newName());
  const tried = `PUT ${address(check, key)}, If-None-Match: *`;
  if (opened.kind === 'error') return refused('write', tried, opened);
  const { ownerAccountId: _, ...plain } = opened.value;
  const ownerAccountId = check.ownerAccountId ?? facts.accountId ?? undefined;
  let answer = await deps.store.putIfAbsent(testPut(context, { ...plain, ownerAccountId }, key));
  if (answer.kind === 'ok' && ownerAccountId !== undefined) facts.ownerAccountId = ownerAccountId;
  if (isDenied(answer) && ownerAccountId !== undefined) {
    answer = await deps.store.putIfAbsent(testPut(context, plain, key));
  }
  if (answer.kind === 'error') {
    return refusedFor('write', await behind(context, { access: plain, answer }), { tried, answer });
  }
  facts.testFileKey = key;
  return passed(tried, { requestId: answer.requestId });
};

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
  const key = testFileKey(check.prefix, deps.newName());
  const other = await deps.store.putIfAbsent({ ...testPut(context, access, key), encryption: 'AES256' });
  if (other.kind === 'error') return cause;
  await deps.store.remove({ ...placeOf(check), key }, access, CALL_DEADLINE_MS);
  if (cause === 'write_refused_by_bucket_policy') return 'put_refused_without_encryption';
  return check.kmsKeyArn === null ? 'kms_default_refused' : 'kms_refused';
}
