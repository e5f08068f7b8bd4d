import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';

/** `what` reads like “tokens”. Done by signed-in people only: a leaked token must not make more of its kind. */
export function requirePerson(ctx: Pick<Ctx, 'actor'>, what: string): void {
  if (ctx.actor.kind === 'user') return;
  throw new AppError('FORBIDDEN', `A token cannot manage ${what}. Sign in on the dashboard.`);
}
