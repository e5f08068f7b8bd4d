import type { AuditFilterInput } from '@/lib/domain/audit/list';

/** What the audit's address says; an empty text stands for no filter. */
export interface AuditQuery {
  readonly organization: string;
  readonly who: string;
  readonly target: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
}

/** The filter as the verbs take it. */
export function toAuditFilter({ organization, who, target, action, from, to }: AuditQuery): AuditFilterInput {
  return {
    ...(organization === '' ? {} : { organizationId: organization }),
    ...(who === '' ? {} : { who }),
    ...(target === '' ? {} : { target }),
    ...(action === '' ? {} : { action }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
  };
}

/** An address with this filter. */
export function auditHref(path: string, query: AuditQuery, cursor?: string): string {
  const given = Object.entries({ ...query, cursor: cursor ?? '' }).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
