import type { AccessCheckView } from '@/lib/domain/access-check/view';
import type { HandOverLinkState } from '@/lib/domain/hand-over/state';

export const LINK_STATE_WORDS: Readonly<Record<HandOverLinkState, string>> = {
  open: 'Open',
  submitted: 'Done',
  declined: 'Not expected',
  revoked: 'Revoked',
  expired: 'Ended',
};

/** How far the check of what was handed over has come. */
export function checkSentence(
  check: Pick<AccessCheckView, 'state' | 'requiredPassed' | 'requiredTotal'>,
): string {
  const passed = `${check.requiredPassed} of ${check.requiredTotal} required checks passed`;
  switch (check.state) {
    case 'running':
      return `Checking: ${passed}`;
    case 'failed':
      return `Check failed: ${passed}`;
    case 'passed':
      return `All ${check.requiredTotal} required checks passed`;
    case 'superseded':
      return 'A newer check follows';
  }
}
