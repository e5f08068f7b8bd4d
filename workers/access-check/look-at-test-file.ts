import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { formatAccount } from '@/lib/domain/destination/account';
import { formatBytes } from '@/lib/domain/format/bytes';
import type { ObjectAccess, ObjectPlace } from '@/lib/platform/object-store/object-store';
import type { SampleFile } from '@/lib/services/sample/build-sample-file';
import {
  address,
  CALL_DEADLINE_MS,
  notPassed,
  passed,
  placeOf,
  refused,
  type Step,
  type StepContext,
  type StepResult,
} from './step-context';
import { removeTestFiles, testPut } from './write-test-file';

interface Opened {
  readonly access: ObjectAccess;
  readonly file: ObjectPlace;
  /** What was sent. */
  readonly sent: SampleFile;
  readonly tried: (verb: string) => string;
}

/** A step over the test file, which the rows before it have written. */
function overFile(
  step: 'owner' | 'same_key' | 'read' | 'encryption' | 'read_back' | 'not_public' | 'clean_up',
  run: (context: StepContext, opened: Opened) => Promise<StepResult>,
): Step {
  return async (context) => {
    const { check, facts } = context;
    const key = facts.testFileKey ?? '';
    const tried = (verb: string) => `${verb} ${address(check, key)}`;
    const opened = await context.open();
    if (opened.kind === 'error') return refused(step, tried('HEAD'), opened);
    const sent = (await context.testFiles()).find((file) => file.key === key);
    if (sent === undefined) {
      // Another try writes one anew.
      facts.testFileKey = null;
      return notPassed(step, 'file_changed', { tried: null, found: 'The test file is gone' });
    }
    return run(context, { access: opened.value, file: { ...placeOf(check), key }, sent, tried });
  };
}

/** The write has asked already where it could; otherwise HEAD asks with the account's id and without. */
export const checkOwner = overFile('owner', async ({ deps, check, facts }, { access, file, tried }) => {
  const wanted = check.ownerAccountId ?? facts.accountId;
  const said = `${tried('HEAD')}, x-amz-expected-bucket-owner`;
  if (wanted === null) {
    // At AWS a bucket whose owner nobody has proven may be a stranger's.
    return check.endpoint === ''
      ? notPassed('owner', 'owner_unknown', { tried: null })
      : passed(null, { found: 'This store does not say which account owns a bucket' });
  }
  if (facts.ownerAccountId === wanted) return passed(said, { found: `account ${formatAccount(wanted)}` });
  const { ownerAccountId: _, ...plain } = access;
  const asked = await deps.inspector.headFile(file, { ...plain, ownerAccountId: wanted }, CALL_DEADLINE_MS);
  if (asked.kind === 'ok') {
    facts.ownerAccountId = wanted;
    return passed(said, { requestId: asked.requestId, found: `account ${formatAccount(wanted)}` });
  }
  if (classifyFault(asked).kind !== 'denied') return refused('owner', said, asked);
  const cause = check.ownerAccountId === null ? 'owner_unknown' : 'owner_mismatch';
  const { httpStatus, code, message, requestId } = asked;
  return notPassed('owner', cause, { tried: said, answer: { httpStatus, code, message }, requestId });
});

export const checkSameKey = overFile('same_key', async (context, { access, sent, tried }) => {
  const said = `${tried('PUT')} again, If-None-Match: *`;
  const answer = await context.deps.store.putIfAbsent(testPut(context, access, sent));
  const { requestId } = answer;
  if (answer.kind === 'ok') return notPassed('same_key', 'condition_ignored', { tried: said, requestId });
  if (classifyFault(answer).kind === 'exists') return passed(said, { requestId, found: 'refused (412)' });
  return refused('same_key', said, answer);
});

export const checkRead = overFile('read', async (context, { access, file, sent, tried }) => {
  const answer = await context.deps.inspector.headFile(file, access, CALL_DEADLINE_MS);
  if (answer.kind === 'error') {
    if (answer.httpStatus !== 404) return refused('read', tried('HEAD'), answer);
    context.facts.testFileKey = null;
    return notPassed('read', 'file_changed', { tried: tried('HEAD'), requestId: answer.requestId });
  }
  const { requestId, value } = answer;
  context.seen = value;
  const isOurs = value.metadata['sluice-file'] === sent.fileId && value.lengthBytes === sent.body.length;
  return isOurs
    ? passed(tried('HEAD'), { requestId, found: formatBytes(value.lengthBytes) })
    : notPassed('read', 'file_changed', { tried: tried('HEAD'), requestId });
});

export const checkEncryption = overFile('encryption', async (context, { access, file, tried }) => {
  const { kmsKeyArn } = context.check;
  if (context.seen === null) {
    const answer = await context.deps.inspector.headFile(file, access, CALL_DEADLINE_MS);
    if (answer.kind === 'error') return refused('encryption', tried('HEAD'), answer);
    context.seen = answer.value;
  }
  const { encryption, kmsKeyArn: used } = context.seen;
  const found = used === null ? (encryption ?? 'The store does not say') : `${encryption}, ${used}`;
  return kmsKeyArn === null || used === kmsKeyArn
    ? passed(tried('HEAD'), { found })
    : notPassed('encryption', 'other_encryption', { tried: tried('HEAD'), found });
});

export const checkReadBack = overFile('read_back', async ({ deps }, { access, file, sent, tried }) => {
  const answer = await deps.inspector.readFile(file, access, CALL_DEADLINE_MS);
  if (answer.kind === 'error') return refused('read_back', tried('GET'), answer);
  const { requestId, value } = answer;
  return value.equals(sent.body)
    ? passed(tried('GET'), { requestId, found: 'the bytes that were written' })
    : notPassed('read_back', 'file_changed', { tried: tried('GET'), requestId });
});

export const checkNotPublic = overFile('not_public', async ({ deps, check }, { file, tried }) => {
  const said = `${tried('GET')} without signature`;
  const answer = await deps.inspector.readAsAnybody(file, check.region, CALL_DEADLINE_MS);
  const { requestId, httpStatus } = answer;
  if (answer.kind === 'ok') return notPassed('not_public', 'probe_public', { tried: said, requestId });
  // A file that is gone proves nothing.
  const isRefused = httpStatus === 401 || httpStatus === 403;
  if (httpStatus === 404) return notPassed('not_public', 'file_changed', { tried: said, requestId });
  return isRefused
    ? passed(said, { requestId, found: `refused (${httpStatus})` })
    : refused('not_public', said, answer);
});

export const checkCleanUp = overFile('clean_up', async (context, { access, tried }) => {
  const answer = await removeTestFiles(context, access, await context.testFiles());
  if (answer?.kind === 'error') return refused('clean_up', tried('DELETE'), answer);
  context.facts.testFileKey = null;
  return passed(tried('DELETE'), { requestId: answer?.requestId ?? null });
});
