import { readAuditQuery } from '@/app/(console)/audit/read-audit-query';
import { answerFile } from '@/app/api/answer-file';
import { withSession } from '@/app/api/with-session';
import { toAuditFilter } from '@/components/audit/audit-query';
import { auditNdjson } from '@/lib/domain/audit/csv';
import { exportAudit } from '@/lib/services/audit/export';

/** The file behind the audit page's NDJSON button. */
export const GET = withSession(async ({ ctxNow, request }) => {
  const query = readAuditQuery(Object.fromEntries(new URL(request.url).searchParams));
  const { events, isCut } = await exportAudit({ ctx: await ctxNow(), input: toAuditFilter(query) });
  const name = `sluice-audit-${new Date().toISOString().slice(0, 10)}`;
  return answerFile(auditNdjson(events, isCut), name, 'ndjson');
});
