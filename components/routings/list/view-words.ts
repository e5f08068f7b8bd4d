import type { ListView } from '@/lib/domain/routing/list';

interface ViewWords {
  readonly tab: string;
  /** What there is nothing (else) of: "Nothing else …". */
  readonly nothing: string;
}

export const VIEW_WORDS: Readonly<Record<ListView, ViewWords>> = {
  'needs-me': { tab: 'Needs me', nothing: 'needs you' },
  late: { tab: 'Late', nothing: 'is late' },
  blocked: { tab: 'Blocked', nothing: 'is blocked' },
  onboarding: { tab: 'Onboarding', nothing: 'is being set up' },
  'key-age': { tab: 'Key age', nothing: 'has access keys older than 90 days' },
  all: { tab: 'All', nothing: 'is here' },
};
