import { type CsvCell, toCsv } from '@/lib/domain/format/csv';
import { AUDIT_EXPORT_MAX } from './list';
import type { AuditView } from './view';

const HEAD = ['at', 'actor', 'action', 'sentence', 'organization', 'organization_id', 'target', 'detail'];

/** The export. `isCut`: there were more rows than go into one export, which its last line says. */
export function auditCsv(events: readonly AuditView[], isCut: boolean): string {
  const rows: CsvCell[][] = events.map((event) => [
    event.at,
    event.actor,
    event.action,
    event.sentence,
    event.organization?.name ?? null,
    event.organization?.id ?? null,
    event.target,
    JSON.stringify(event.detail),
  ]);
  const note = `Only the newest ${AUDIT_EXPORT_MAX} rows: there are more. Narrow the filter for the rest.`;
  return toCsv([HEAD, ...rows, ...(isCut ? [[note, ...HEAD.slice(1).map(() => null)]] : [])]);
}
