import { randomUUID } from 'node:crypto';
import type { NextRequest } from 'next/server';
import { toProblem } from '@/app/api/problem';
import { REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { sessionCtx } from '@/lib/auth/session-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { AppError } from '@/lib/domain/errors';
import { rangeFromQuery } from '@/lib/domain/latency/range-from-query';
import { latencyCsv } from '@/lib/domain/latency/table-columns';
import { readLatency } from '@/lib/services/latency/read-latency';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** The rows of the overview's charts as a file; takes the same `?range=` or `?from=&to=` as the page. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { logger } = webDeps();
  const requestId = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
  try {
    const { id: routingId } = await params;
    const query = request.nextUrl.searchParams;
    const asked = rangeFromQuery({
      range: query.get('range') ?? '',
      from: query.get('from') ?? '',
      to: query.get('to') ?? '',
    });
    if (asked.refusal !== null) throw new AppError('VALIDATION', asked.refusal);
    const ctxNow = await sessionCtx(requestId);
    const view = await readLatency({ ctx: await ctxNow(), input: { routingId, ...asked.choice } });
    return new Response(latencyCsv(view), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="latency-${routingId}-${view.to.slice(0, 16).replace(':', '')}.csv"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    return toProblem(error, { requestId, logger });
  }
}
