import { randomUUID } from 'node:crypto';
import type { NextRequest } from 'next/server';
import { toProblem } from '@/app/api/problem';
import { asInput } from '@/app/api/v1/read-input';
import { REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { sessionCtx } from '@/lib/auth/session-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { shortHour } from '@/lib/domain/hour/hour-input';
import { readReceipt } from '@/lib/services/hour/read-receipt';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** The receipt of one hour as a JSON file; takes `?type=&hour=` as the page does. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { logger } = webDeps();
  const requestId = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
  try {
    const { id: routingId } = await params;
    const query = Object.fromEntries(request.nextUrl.searchParams);
    const ctxNow = await sessionCtx(requestId);
    const receipt = await readReceipt({ ctx: await ctxNow(), input: asInput({ ...query, routingId }) });
    const { hour, type } = receipt.hour;
    return new Response(`${JSON.stringify(receipt, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="receipt-${type}-${shortHour(new Date(hour))}.json"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    return toProblem(error, { requestId, logger });
  }
}
