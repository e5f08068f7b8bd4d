import { readAuditQuery } from '@/app/(console)/audit/read-audit-query';
import { answerFile } from '@/app/api/answer-file';
import { withSession } from '@/app/api/with-session';
import { toAuditFilter } from '@/components/audit/audit-query';
import { auditCsv } from '@/lib/domain/audit/csv';
import { exportAudit } from '@/lib/services/audit/export';

/** The file behind the audit page's CSV button. */
export const GET = withSession(async ({ ctxNow, request }) => {
  const query = readAuditQuery(Object.fromEntries(new URL(request.url).searchParams));
  const { events, isCut } = await exportAudit({ ctx: await ctxNow(), input: toAuditFilter(query) });
  return answerFile(auditCsv(events, isCut), `sluice-audit-${new Date().toISOString().slice(0, 10)}`, 'csv');
});
