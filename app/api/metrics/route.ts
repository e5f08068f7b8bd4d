import { mayReadMetrics } from '@/lib/auth/metrics-token';
import { webDeps } from '@/lib/auth/web-deps';
import { fleetGauges } from '@/lib/domain/system/fleet-samples';
import { writeGauges } from '@/lib/platform/metrics/write-gauges';
import { readSystemParts } from '@/lib/services/system/read-system';

export const dynamic = 'force-dynamic';

/** The installation's gauges for Prometheus; without the token there is no such address. */
export async function GET(request: Request): Promise<Response> {
  const { db, logger, metricsToken } = webDeps();
  if (!mayReadMetrics(request, metricsToken)) return new Response(null, { status: 404 });
  const { system, unread } = await readSystemParts({ ctx: { db } });
  for (const { part, error } of unread)
    logger.warn({ err: error, part }, 'a part of the metrics was not read');
  const { text, contentType } = await writeGauges(fleetGauges(system));
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}
