import { answerFile } from '@/app/api/answer-file';
import { withSession } from '@/app/api/with-session';
import { AppError } from '@/lib/domain/errors';
import { rangeFromQuery } from '@/lib/domain/latency/range-from-query';
import { latencyCsv } from '@/lib/domain/latency/table-columns';
import { readLatency } from '@/lib/services/latency/read-latency';

/** The rows of the overview's charts as a file; takes the same `?range=` or `?from=&to=` as the page. */
export const GET = withSession<{ id: string }>(async ({ ctxNow, request, params: { id: routingId } }) => {
  const query = new URL(request.url).searchParams;
  const asked = rangeFromQuery({
    range: query.get('range') ?? '',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
  });
  const ctx = await ctxNow();
  if (asked.refusal !== null) throw new AppError('VALIDATION', asked.refusal);
  const view = await readLatency({ ctx, input: { routingId, ...asked.choice } });
  return answerFile(latencyCsv(view), `latency-${routingId}-${view.to.slice(0, 16).replace(':', '')}`, 'csv');
});
