import type { CheckStep } from '@/lib/domain/access-check/step';
import { SURPLUS_RIGHTS } from '@/lib/platform/bucket-inspector/bucket-inspector';
import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
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

/** A step that only reads something of the bucket. */
function reading(
  step: CheckStep,
  tried: string,
  run: (context: StepContext, access: ObjectAccess) => Promise<StepResult>,
): Step {
  return async (context) => {
    const opened = await context.open();
    return opened.kind === 'error' ? refused(step, tried, opened) : run(context, opened.value);
  };
}

const BLOCK = 'GetPublicAccessBlock';
export const checkPublicBlock = reading('public_block', BLOCK, async ({ deps, check }, access) => {
  const answer = await deps.inspector.readPublicBlock(placeOf(check), access, CALL_DEADLINE_MS);
  if (answer.kind === 'error') return refused('public_block', BLOCK, answer);
  const { requestId, value } = answer;
  return value.isBlocked
    ? passed(BLOCK, { requestId })
    : notPassed('public_block', 'public_block_off', { tried: BLOCK, requestId });
});

const OWNERSHIP = 'GetBucketOwnershipControls';
export const checkOwnership = reading('ownership', OWNERSHIP, async ({ deps, check, facts }, access) => {
  const answer = await deps.inspector.readOwnership(placeOf(check), access, CALL_DEADLINE_MS);
  if (answer.kind === 'error') return refused('ownership', OWNERSHIP, answer);
  const { requestId, value: found } = answer;
  // What the account's own access writes belongs to the account whatever the setting says.
  const isSameAccount = facts.accountId !== null && facts.accountId === facts.ownerAccountId;
  return found === 'BucketOwnerEnforced' || isSameAccount
    ? passed(OWNERSHIP, { requestId, found })
    : notPassed('ownership', 'ownership_of_writer', { tried: OWNERSHIP, requestId, found });
});

const VERSIONS = 'GetBucketVersioning, GetObjectLockConfiguration';
export const checkVersioning = reading('versioning', VERSIONS, async ({ deps, check }, access) => {
  const [versions, lock] = await Promise.all([
    deps.inspector.readVersioning(placeOf(check), access, CALL_DEADLINE_MS),
    deps.inspector.readLock(placeOf(check), access, CALL_DEADLINE_MS),
  ]);
  if (lock.kind === 'ok' && lock.value.locksByDefault) {
    return notPassed('versioning', 'lock_by_default', { tried: VERSIONS, requestId: lock.requestId });
  }
  if (versions.kind === 'error') return refused('versioning', VERSIONS, versions);
  const { requestId } = versions;
  if (versions.value.isVersioned)
    return notPassed('versioning', 'keeps_versions', { tried: VERSIONS, requestId });
  if (lock.kind === 'error') return refused('versioning', VERSIONS, lock);
  return passed(VERSIONS, { requestId, found: 'no versions, no lock' });
});

export const checkList = reading('list', 'ListObjectsV2', async ({ deps, check }, access) => {
  const tried = `LIST ${address(check, check.prefix)}`;
  const answer = await list({ deps, check }, access, check.prefix);
  return answer.kind === 'error'
    ? refused('list', tried, answer)
    : passed(tried, { requestId: answer.requestId });
});

const SURPLUS = 'Calls that only read, and that delivery never makes';
/** Counts what the grant allows beyond need, by reading alone: what it may change, nobody tries. */
export const checkSurplus = reading('surplus', SURPLUS, async ({ deps, check }, access) => {
  const at = { place: placeOf(check), access, deadlineMs: CALL_DEADLINE_MS };
  const tries = await Promise.all([
    ...SURPLUS_RIGHTS.map(async (right) => ({ right, answer: await deps.inspector.tryRight(right, at) })),
    ...(check.prefix === ''
      ? []
      : [{ right: 's3:ListBucket outside the prefix', answer: await list({ deps, check }, access, '') }]),
  ]);
  const allowed = tries.filter(({ answer }) => answer.kind === 'ok').map(({ right }) => right);
  return allowed.length === 0
    ? passed(SURPLUS, { found: 'nothing found' })
    : notPassed('surplus', 'grant_surplus', {
        tried: SURPLUS,
        found: allowed.join(', '),
        facts: { surplusCount: allowed.length },
      });
});

function list({ deps, check }: Pick<StepContext, 'deps' | 'check'>, access: ObjectAccess, prefix: string) {
  return deps.store.list({
    ...{ place: placeOf(check), access, prefix, after: null, limit: 1 },
    deadlineMs: CALL_DEADLINE_MS,
  });
}
