import type { Role } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import { isUnstarted, type LabelFacts, type RoutingLabel, routingLabel } from './label';
import type { ListView } from './list';
import { whoseMove } from './whose-move';

/** A state as routings share it: what decides in which views they stand. */
export interface SharedState extends LabelFacts {
  readonly healthCause: string | null;
  /** A transitional state past its deadline. */
  readonly isStuck: boolean;
}

/** Where a role starts: with what waits for it. */
export function defaultView(role: Role): ListView {
  switch (role) {
    case 'admin':
    case 'ops':
      return 'needs-me';
    case 'technical_services':
      return 'onboarding';
    case 'customer_admin':
    case 'customer_viewer':
      return 'all';
  }
}

/** Whether routings in this state stand in a view of this role: what is archived in none, it is found by its status; in key-age they do when their keys are old as well. */
export function isInView(view: ListView, state: SharedState, role: Role): boolean {
  switch (view) {
    case 'all':
      return state.lifecycle !== 'archived';
    case 'needs-me':
      return needs(state, role);
    case 'late':
    case 'blocked':
      return routingLabel(state) === view;
    case 'onboarding':
      return isUnstarted(state.lifecycle) || state.lifecycle === 'starting';
    case 'key-age':
      return state.lifecycle !== 'archived';
  }
}

/** Whatever is wrong concerns the vendor's people, whoever has to move: they have to see to it that somebody does. */
const WRONG: readonly RoutingLabel[] = ['blocked', 'failing', 'late', 'verification_failed', 'unknown'];

function needs(state: SharedState, role: Role): boolean {
  const label = routingLabel(state);
  if (role === 'customer_admin' || role === 'customer_viewer') {
    return whoseMove(label, state.healthCause) === 'customer';
  }
  // A draft waits for those who may go on with it; other transitional states are settled by a writer, unless stuck.
  const waits = label === 'verified' || (label === 'draft' && mayDo(role, 'routing.edit-draft'));
  return waits || state.isStuck || WRONG.includes(label);
}

/** All labels, worst first. */
export const LABELS_BY_SEVERITY: readonly RoutingLabel[] = [
  'blocked',
  'failing',
  'verification_failed',
  'late',
  'unknown',
  'verified',
  'awaiting_customer',
  'draft',
  'verifying',
  'starting',
  'resuming',
  'pausing',
  'draining',
  'paused',
  'idle',
  'delivering',
  'disabled',
  'archived',
];

/** Place of a state in a list sorted by status, from 0, the worst; stuck stands right behind late. */
export function severityOf(state: SharedState): number {
  if (state.isStuck) return LABELS_BY_SEVERITY.indexOf('late') + 0.5;
  return LABELS_BY_SEVERITY.indexOf(routingLabel(state));
}
