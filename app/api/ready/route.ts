import { webDeps } from '@/lib/auth/web-deps';
import { checkReadiness } from '@/lib/services/readiness/check';

export const dynamic = 'force-dynamic';

/** Readiness: the settings are complete and the database answers. */
export async function GET(): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  const { db, logger } = webDeps();
  try {
    await checkReadiness({ ctx: { db } });
    return Response.json({ status: 'ready' }, { headers });
  } catch (error) {
    logger.warn({ err: error }, 'not ready: the database does not answer');
    return Response.json({ status: 'not ready' }, { status: 503, headers });
  }
}
