import { type MarkCompromisedInput, markCompromisedSchema } from '@/lib/domain/destination/version-input';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import type { RoutingView } from '@/lib/domain/routing/view';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { endCandidate } from '@/lib/services/destination/end-candidate';
import { inVersion } from '@/lib/services/destination/in-version';

/**
 * Says that the access of a version is in hands it must not be in: nothing goes back to it, and a change that waits with
 * it is dropped. The version in use goes on with it until new access is there. Throws as `inVersion` does, CONFLICT when
 * it is marked already, PRECONDITION for a version without access.
 */
export async function markCompromised(given: {
  ctx: Ctx;
  input: MarkCompromisedInput;
}): Promise<RoutingView> {
  const { ctx } = given;
  return inVersion({ ...given, permission: 'access.enter' }, async (tx, { routing, destination }) => {
    const { reason } = parseInput(markCompromisedSchema, given.input);
    const { credential, version } = destination;
    if (credential === null) throw new AppError('PRECONDITION', `Version ${version} has no access.`);
    if (credential.compromisedAt !== null)
      throw new AppError('CONFLICT', `The access of version ${version} is marked as compromised already.`);
    await tx.$executeRaw`
      UPDATE credential SET compromised_at = clock_timestamp() WHERE id = ${credential.id}::uuid`;
    if (routing.candidate?.credentialId === credential.id) await endCandidate(tx, routing.id);
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: 'credential.mark_compromised',
      target: `routing:${routing.id}`,
      detail: {
        reason,
        'destinationVersion.compromised': version,
        accessKeyIdLast4: credential.accessKeyIdLast4,
        roleArn: credential.roleArn,
      },
    });
  });
}
