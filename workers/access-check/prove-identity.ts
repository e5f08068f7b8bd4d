import type { CheckCause } from '@/lib/domain/access-check/causes';
import { nameCause } from '@/lib/domain/access-check/name-cause';
import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { formatAccount } from '@/lib/domain/destination/account';
import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
import {
  CALL_DEADLINE_MS,
  notPassed,
  passed,
  placeOf,
  refused,
  type Step,
  type StepContext,
  type StepResult,
} from './step-context';

const ROOT = /^arn:aws[a-z-]*:iam::\d{12}:root$/;

/** Opens the access and asks whose it is. */
export const checkCredentials: Step = async (context) => {
  const { credential } = context.check;
  const tried = credential.kind === 'role' ? `AssumeRole ${credential.roleArn}` : 'Open the access keys';
  const opened = await context.open();
  if (opened.kind === 'error') return refused('credentials', tried, opened);
  return (await askWho(context, opened.value)) ?? askBucket(context, opened.value);
};

/** Null where nobody can be asked who signs: stores that are not AWS have no STS. */
async function askWho({ deps, check, facts }: StepContext, access: ObjectAccess): Promise<StepResult | null> {
  if (deps.identify === undefined) return null;
  const tried = 'GetCallerIdentity';
  const answer = await deps.identify(check, access, CALL_DEADLINE_MS);
  if (answer.kind === 'error') {
    const isOwnStore = check.endpoint !== '' && !isAboutAccess(nameCause('credentials', answer));
    return isOwnStore ? null : refused('credentials', tried, answer);
  }
  const { requestId, value } = answer;
  const { accountId, arn } = value;
  if (ROOT.test(arn)) return notPassed('credentials', 'root_keys', { tried, requestId, found: arn });
  // Our own rights would open the bucket there, whatever the customer allows.
  if ([accountId, check.ownerAccountId].includes(deps.ownAccountId ?? ''))
    return notPassed('credentials', 'own_account', { tried, requestId, found: arn });
  facts.accountId = accountId;
  facts.principalArn = arn;
  return passed(tried, { requestId, found: `account ${formatAccount(accountId)}, ${arn}` });
}

/** A refusal for want of rights is an answer to whom the store knows. */
async function askBucket({ deps, check }: StepContext, access: ObjectAccess): Promise<StepResult> {
  const tried = `HEAD s3://${check.bucket}`;
  // HEAD has no body: the code of a refusal is told by a call that has one.
  const answer = await deps.store.list({
    ...{ place: placeOf(check), access, prefix: check.prefix, after: null, limit: 1 },
    deadlineMs: CALL_DEADLINE_MS,
  });
  const found = 'The store knows the access; it does not say whose it is';
  const { requestId } = answer;
  if (answer.kind === 'ok' || classifyFault(answer).kind === 'denied')
    return passed(tried, { requestId, found });
  return refused('credentials', tried, answer);
}

const ABOUT_ACCESS: readonly CheckCause[] = [
  'access_key_unknown',
  'secret_wrong',
  'token_expired',
  'token_invalid',
  'account_closed',
];

function isAboutAccess(cause: CheckCause): boolean {
  return ABOUT_ACCESS.includes(cause);
}

/** A role that lets us in without our external id would let anybody in through us. */
export const checkExternalId: Step = async ({ deps, check }) => {
  const { credential } = check;
  const tried = 'AssumeRole without external ID, and with a wrong one';
  if (credential.kind !== 'role' || deps.roles === undefined) {
    return notPassed('external_id', 'aws_identity_missing', { tried });
  }
  const answer = await deps.roles.proveExternalId(check, credential);
  if (answer.kind === 'error') return refused('external_id', tried, answer);
  const { requestId, value } = answer;
  switch (value) {
    case 'compared':
      return passed(tried, { requestId, found: 'both refused, as they must be' });
    case 'not_asked':
      return notPassed('external_id', 'external_id_not_asked', { tried, requestId });
    case 'not_compared':
      return notPassed('external_id', 'external_id_not_compared', { tried, requestId });
  }
};
