import type { RoleState, Session } from '../control/role-state';
import { readSessionPolicy } from '../control/session-policy';
import { StsError } from './sts-error';

interface Assumption {
  readonly callerArn: string;
  readonly accessKeyId: string;
  readonly parameters: URLSearchParams;
  readonly nowMs: number;
}

const SECONDS_DEFAULT = 3_600;
const SECONDS_MIN = 900;
const SECONDS_CHAINED_MAX = 3_600;

/** AssumeRole: whoever is trusted and says the external id gets a session, at most what its policy leaves. */
export async function assumeRole(
  roles: RoleState,
  { callerArn, accessKeyId, parameters, nowMs }: Assumption,
): Promise<Session> {
  const roleArn = parameters.get('RoleArn') ?? '';
  const sessionName = parameters.get('RoleSessionName') ?? '';
  if (!/^arn:aws:iam::\d{12}:role\/\S+$/.test(roleArn) || !/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new StsError(400, 'ValidationError', 'RoleArn and RoleSessionName must be well formed');
  }
  const role = roles.role(roleArn);
  const given = parameters.get('ExternalId');
  const isTrusted = role !== undefined && (role.trusts === null || role.trusts === accessKeyId);
  const isSaid =
    role !== undefined &&
    (role.externalId === null || (given !== null && (!role.compares || given === role.externalId)));
  if (role === undefined || !isTrusted || !isSaid) {
    const message = `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    throw new StsError(403, 'AccessDenied', message);
  }
  const seconds = Number(parameters.get('DurationSeconds') ?? SECONDS_DEFAULT);
  const isChained = roles.session(accessKeyId) !== undefined;
  requireSeconds(seconds, { max: role.sessionSecondsMax, isChained });
  const text = parameters.get('Policy');
  const policy = text === null ? null : readSessionPolicy(text);
  if (text !== null && policy === null) {
    throw new StsError(400, 'MalformedPolicyDocument', 'The policy is not in the valid JSON format.');
  }
  return roles.begin({ roleArn, sessionName, endsAtMs: nowMs + seconds * 1_000, policy, nowMs });
}

function requireSeconds(seconds: number, { max, isChained }: { max: number; isChained: boolean }): void {
  if (!Number.isInteger(seconds) || seconds < SECONDS_MIN) {
    throw new StsError(400, 'ValidationError', 'DurationSeconds must be 900 or more');
  }
  if (isChained && seconds > SECONDS_CHAINED_MAX) {
    const message =
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new StsError(400, 'ValidationError', message);
  }
  if (seconds > max) {
    const message = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new StsError(400, 'ValidationError', message);
  }
}
