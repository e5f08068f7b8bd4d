import { mayDo, type Permission } from '@/lib/domain/access/permissions';
import { canSeeOrganization } from '@/lib/domain/access/scope';
import { AppError } from '@/lib/domain/errors';
import type { Ctx } from './context';

/** The first line of every verb: throws FORBIDDEN when the actor's role may not do it in any organization. */
export function requirePermission(ctx: Pick<Ctx, 'actor'>, permission: Permission): void {
  if (mayDo(ctx.actor.role, permission)) return;
  throw new AppError('FORBIDDEN', 'Your role may not do this. Ask an administrator of your organization.');
}

/** Throws NOT_FOUND for a row of an organization that the actor does not see, as if the row did not exist. */
export function requireOrganization(ctx: Pick<Ctx, 'actor'>, organizationId: string, what: string): void {
  if (!canSeeOrganization(ctx.actor, organizationId)) throw notFound(what);
}

/** `what` reads like “routing”. */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no such ${what}.`);
}
