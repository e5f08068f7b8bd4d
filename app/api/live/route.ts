import { withSession } from '@/app/api/with-session';
import { webDeps } from '@/lib/auth/web-deps';
import { readLive } from '@/lib/services/live/read-live';
import { liveEvents } from './live-events';

export const dynamic = 'force-dynamic';

/** Server-sent events about `?ids=a,b,c`, a message every two seconds. */
export const GET = withSession(async ({ ctxNow, request }) => {
  const given = new URL(request.url).searchParams.get('ids') ?? '';
  const routingIds = given === '' ? [] : given.split(',');
  const read = async () => readLive({ ctx: await ctxNow(), input: { routingIds } });
  // Read before the answer begins, so that a refusal has its proper status.
  const first = await read();
  const events = liveEvents({ first, read, signal: request.signal, logger: webDeps().logger });
  return new Response(toStream(events), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Neither Next nor a proxy may gather what should arrive now.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
});

function toStream(events: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await events.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await events.return(undefined);
    },
  });
}
