import { withSession } from '@/app/api/with-session';
import { readEventLook } from '@/lib/services/event-look/read';

export const dynamic = 'force-dynamic';

/** What came of a look into a file, for the person who asked for it. */
export const GET = withSession<{ lookId: string }>(async ({ ctxNow, params: { lookId } }) => {
  const look = await readEventLook({ ctx: await ctxNow(), input: { lookId } });
  return Response.json(look, { headers: { 'cache-control': 'no-store' } });
});
