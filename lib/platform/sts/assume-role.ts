import { randomBytes } from 'node:crypto';
import { AssumeRoleCommand, type AssumeRoleCommandOutput, type STSClient } from '@aws-sdk/client-sts';
import { POWERLESS_POLICY } from '@/lib/domain/grant/session-policy';
import type { OpenedCredential, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { askSts } from './ask-sts';
import type { ExternalIdVerdict } from './role-sessions';
import { stsCode } from './sts-code';

/** What the customer's CloudTrail shows behind the role's name. */
const SESSION_NAME = 'sluice';
/** The shortest session that there is. */
const PROBE_SECONDS = 900;

interface Assumption {
  readonly roleArn: string;
  /** Null: none is sent. */
  readonly externalId: string | null;
  readonly policy: string;
  readonly seconds: number;
}

/** One AssumeRole. Refusals are named as the table of faults knows them; an empty session is one, too. */
export async function assumeRole(
  client: STSClient,
  { roleArn, externalId, policy, seconds }: Assumption,
  deadlineMs: number,
): Promise<StoreAnswer<OpenedCredential>> {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: SESSION_NAME,
    DurationSeconds: seconds,
    Policy: policy,
    ...(externalId === null ? {} : { ExternalId: externalId }),
  });
  const answer = await askSts({
    send: (abortSignal) => client.send(command, { abortSignal }),
    read: readSession,
    deadlineMs,
    access: null,
  });
  if (answer.kind === 'error') return { ...answer, code: stsCode(answer) };
  const { value, requestId, httpStatus } = answer;
  if (value !== null) return { ...answer, value };
  const message = 'STS answered without a session';
  return { kind: 'error', httpStatus, code: 'STS.RequestRefused', message, requestId };
}

/** Null when any of the three is missing: the SDK would sign with another identity. */
function readSession({ Credentials }: AssumeRoleCommandOutput): OpenedCredential | null {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  if (AccessKeyId === '' || SecretAccessKey === '' || SessionToken === '') return null;
  const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  // With secret-box the one place that makes the brand: all three were found and are not empty.
  return keys as unknown as OpenedCredential;
}

/** Whether the role lets us in without its external id, or with any. Only a refusal by the role counts as one. */
export async function proveExternalId(
  client: STSClient,
  roleArn: string,
  deadlineMs: number,
): Promise<StoreAnswer<ExternalIdVerdict>> {
  const probe = { roleArn, policy: POWERLESS_POLICY, seconds: PROBE_SECONDS };
  const without = await assumeRole(client, { ...probe, externalId: null }, deadlineMs);
  if (without.kind === 'ok') return { ...without, value: 'not_asked' };
  if (without.code !== 'STS.AccessDenied') return without;
  const wrongId = `wrong-${randomBytes(16).toString('hex')}`;
  const wrong = await assumeRole(client, { ...probe, externalId: wrongId }, deadlineMs);
  if (wrong.kind === 'ok') return { ...wrong, value: 'not_compared' };
  if (wrong.code !== 'STS.AccessDenied') return wrong;
  return { kind: 'ok', value: 'compared', requestId: wrong.requestId, httpStatus: 200 };
}
