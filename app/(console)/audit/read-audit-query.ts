import type { AuditQuery } from '@/components/audit/audit-query';

/** The filter in an address; what is missing or given twice is no filter. */
export function readAuditQuery(params: Readonly<Record<string, string | string[] | undefined>>): AuditQuery {
  const text = (name: string) => {
    const value = params[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    organization: text('organization'),
    who: text('who'),
    target: text('target'),
    action: text('action'),
    from: text('from'),
    to: text('to'),
  };
}
