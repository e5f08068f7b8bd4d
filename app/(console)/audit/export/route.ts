import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import { readAuditQuery } from '@/app/(console)/audit/read-audit-query';
import { toProblem } from '@/app/api/problem';
import { toAuditFilter } from '@/components/audit/audit-query';
import { REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { auditCsv } from '@/lib/domain/audit/csv';
import { exportAudit } from '@/lib/services/audit/export';

/** The file behind the audit page's CSV button. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await requireCtx();
    const query = readAuditQuery(Object.fromEntries(new URL(request.url).searchParams));
    const { events, isCut } = await exportAudit({ ctx, input: toAuditFilter(query) });
    return new Response(auditCsv(events, isCut), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="sluice-audit-${new Date().toISOString().slice(0, 10)}.csv"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    unstable_rethrow(error);
    const requestId = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
    return toProblem(error, { requestId, logger: webDeps().logger });
  }
}
