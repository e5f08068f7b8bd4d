import type { AppErrorCode } from '@/lib/domain/errors';
import { isUnstarted } from './label';
import type { Intent, Lifecycle } from './state';

export type RoutingWish = 'start' | 'pause' | 'resume';

/** How a routing ends: it delivers what is left; what is left becomes a gap; its credentials are destroyed. */
export type EndingWish = 'drain' | 'discard' | 'archive';

type TransitionPlan =
  | { readonly kind: 'go'; readonly intent: Intent; readonly lifecycle: Lifecycle }
  | {
      readonly kind: 'refused';
      readonly code: Extract<AppErrorCode, 'CONFLICT' | 'PRECONDITION'>;
      readonly sentence: string;
    };

interface Rule {
  readonly from: readonly Lifecycle[];
  readonly to: Lifecycle;
  readonly intent: Intent;
  /** Where the wish is fulfilled, or on its way, already. */
  readonly already: Partial<Record<Lifecycle, string>>;
  /** Where something is missing that somebody can add. */
  readonly missing?: Partial<Record<Lifecycle, string>>;
  readonly instead: string;
}

const STARTED: readonly Lifecycle[] = ['starting', 'active', 'pausing', 'paused', 'resuming'];
const NEVER_RAN = 'Only a routing that was started can be disabled.';

const RULES: Readonly<Record<RoutingWish | EndingWish, Rule>> = {
  start: {
    from: ['draft', 'verified', 'paused'],
    to: 'starting',
    intent: 'run',
    already: {
      starting: 'This routing is starting already; it delivers with its first file.',
      active: 'This routing is running already.',
      resuming: 'This routing is resuming already.',
    },
    missing: {
      awaiting_customer:
        'This routing has no access to its bucket yet. Enter its access key ID and secret access key, then start it.',
    },
    instead: 'Only a draft, a verified or a paused routing can be started.',
  },
  pause: {
    from: ['starting', 'active', 'resuming'],
    to: 'pausing',
    intent: 'pause',
    already: {
      pausing: 'This routing is pausing already; a file in flight may still finish.',
      paused: 'This routing is paused already. Nothing changed; resume it to deliver again.',
    },
    instead: 'Only a running routing can be paused.',
  },
  resume: {
    from: ['pausing', 'paused'],
    to: 'resuming',
    intent: 'run',
    already: {
      resuming: 'This routing is resuming already.',
      starting: 'This routing is starting already; it is not paused.',
      active: 'This routing is running already; it is not paused.',
    },
    instead: 'Only a paused routing can be resumed.',
  },
  drain: {
    from: STARTED,
    to: 'draining',
    intent: 'disable',
    already: {
      draining: 'This routing is finishing already. Wait for its deadline, or discard what is left.',
      disabled: 'This routing is disabled already; nothing of it is left to deliver.',
    },
    instead: NEVER_RAN,
  },
  discard: {
    from: [...STARTED, 'draining'],
    to: 'draining',
    intent: 'disable',
    already: { disabled: 'This routing is disabled already; nothing of it is left to discard.' },
    instead: NEVER_RAN,
  },
  archive: {
    from: ['draft', 'awaiting_customer', 'verifying', 'verified', 'verification_failed', 'disabled'],
    to: 'archived',
    intent: 'disable',
    already: { archived: 'This routing is archived already; its credentials are destroyed.' },
    missing: {
      draining: 'This routing is still finishing. Archive it once it is disabled.',
    },
    instead: 'Disable it first: what it holds is delivered or recorded as a gap.',
  },
};

/** Decides whether a wish may be carried out from `lifecycle`, and what it sets; a refusal says why to a person. */
export function planTransition(lifecycle: Lifecycle, wish: RoutingWish | EndingWish): TransitionPlan {
  const rule = RULES[wish];
  if (rule.from.includes(lifecycle)) return { kind: 'go', intent: rule.intent, lifecycle: rule.to };
  const already = rule.already[lifecycle];
  if (already !== undefined) return { kind: 'refused', code: 'CONFLICT', sentence: already };
  return {
    kind: 'refused',
    code: 'PRECONDITION',
    sentence:
      rule.missing?.[lifecycle] ?? `This routing is ${lifecycle.replaceAll('_', ' ')}. ${rule.instead}`,
  };
}

/** Where new access leads: what waited for it is a draft now, everything else goes on as it is. */
export function lifecycleWithAccess(lifecycle: Lifecycle): Lifecycle {
  return lifecycle === 'awaiting_customer' ? 'draft' : lifecycle;
}

const ENDED: readonly Lifecycle[] = ['draining', 'disabled', 'archived'];

/** Whether new access is of use to a routing: also to one that delivers what is left. */
export function takesAccess(lifecycle: Lifecycle): boolean {
  return lifecycle !== 'disabled' && lifecycle !== 'archived';
}

/** Whether a routing is past every change of its settings. */
export function hasEnded(lifecycle: Lifecycle): boolean {
  return ENDED.includes(lifecycle);
}

/** Whether a routing is still being set up: nobody has started it. */
export function isDraft(lifecycle: Lifecycle): boolean {
  return isUnstarted(lifecycle);
}
