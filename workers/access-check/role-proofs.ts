import type { RolePlace, RoleSessions } from '@/lib/platform/sts/role-sessions';
import type { ClaimedCheck } from '@/lib/services/access-check/claim';
import type { Role, RoleProofs } from './check-deps';
import { CALL_DEADLINE_MS } from './step-context';

/** Takes on a check's role as delivery would, but always anew: a session of before tells nothing about now. */
export function createRoleProofs(sessions: RoleSessions): RoleProofs {
  return {
    open: (check, role) =>
      sessions.open(placeOf(check, role), { deadlineMs: CALL_DEADLINE_MS, isFresh: true }),
    proveExternalId: (check, role) => sessions.proveExternalId(placeOf(check, role), CALL_DEADLINE_MS),
  };
}

function placeOf(check: ClaimedCheck, { roleArn, externalId }: Role): RolePlace {
  const { endpoint, region, bucket, prefix, kmsKeyArn } = check;
  return { roleArn, externalId, endpoint, region, bucket, prefixes: [prefix], kmsKeyArn };
}
