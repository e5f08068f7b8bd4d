import { type CsvCell, toCsv } from '@/lib/domain/format/csv';
import { AUDIT_EXPORT_MAX } from './list';
import type { AuditView } from './view';

const CUT_NOTE = `Only the newest ${AUDIT_EXPORT_MAX} rows: there are more. Narrow the filter for the rest.`;
const HEAD = [
  'at',
  'actor',
  'action',
  'sentence',
  'organization',
  'organization_id',
  'target',
  'detail',
  'seq',
  'hash',
];

/** The export for programs: a JSON document per line; where there is more than goes into one, the last says so. */
export function auditNdjson(events: readonly AuditView[], isCut: boolean): string {
  const lines: unknown[] = isCut ? [...events, { note: CUT_NOTE }] : [...events];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

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
    event.seq,
    event.hash,
  ]);
  return toCsv([HEAD, ...rows, ...(isCut ? [[CUT_NOTE, ...HEAD.slice(1).map(() => null)]] : [])]);
}
