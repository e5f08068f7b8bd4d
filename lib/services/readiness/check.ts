import type { AnonymousCtx } from '@/lib/services/context';

/** Resolves when the database answers; rejects when it does not within the pool's deadlines. */
export async function checkReadiness(given: { ctx: AnonymousCtx }): Promise<void> {
  await given.ctx.db.$queryRaw`SELECT 1`;
}
