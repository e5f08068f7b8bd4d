import { z } from 'zod';
import { healthSchema, type Lifecycle, lifecycleSchema, type RoutingState } from './state';

/** The one status that screens, history and API show. `delivering` is active and healthy. */
export const routingLabelSchema = z.enum([
  ...lifecycleSchema.exclude(['active']).options,
  ...healthSchema.exclude(['healthy']).options,
  'delivering',
]);
export type RoutingLabel = z.infer<typeof routingLabelSchema>;

const UNSTARTED: readonly string[] = routingLabelSchema.extract([
  'draft',
  'awaiting_customer',
  'verifying',
  'verification_failed',
  'verified',
]).options;

/** Whether a routing with this label or lifecycle has never been started: it has no hours, files or latency. */
export function isUnstarted(state: RoutingLabel | Lifecycle): boolean {
  return UNSTARTED.includes(state);
}

export interface LabelFacts extends Pick<RoutingState, 'lifecycle' | 'health'> {
  /** Somebody measures: without that, nobody knows how an active routing that was not in trouble does now. */
  readonly isMeasured: boolean;
}

/**
 * The label of a routing. Precedence: archived > disabled > transitional > paused > blocked > failing > late >
 * unknown > idle > healthy. Health counts only while active: what is held on purpose is not late. One exception:
 * a first file that S3 refuses shows as blocked or failing, or a wrong bucket would read “Starting…” for ever.
 * Where nobody measures, idle and healthy read `unknown`; trouble stays what it was, for nobody has seen it end.
 */
export function routingLabel({ lifecycle, health, isMeasured }: LabelFacts): RoutingLabel {
  const isRefused = health === 'blocked' || health === 'failing';
  if (lifecycle === 'starting' && isRefused) return health;
  if (lifecycle !== 'active') return lifecycle;
  if (isRefused || health === 'late') return health;
  if (!isMeasured) return 'unknown';
  return health === 'healthy' ? 'delivering' : health;
}

/** The label that a change of state writes into the history: whoever writes it knows it. */
export function historyLabel(state: Pick<RoutingState, 'lifecycle' | 'health'>): RoutingLabel {
  return routingLabel({ ...state, isMeasured: true });
}

export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad' | 'bad-solid';
export type Mover = 'us' | 'customer' | 'aws' | 'nobody' | 'whoever_paused';

interface LabelDisplay {
  /** The word on screen. */
  readonly word: string;
  /** Name of a lucide icon. */
  readonly icon: string;
  readonly tone: Tone;
}

const BUSY = 'loader-circle';

/** Word, icon and tone always go together, and are followed by “since”. */
export const LABEL_DISPLAY: Readonly<Record<RoutingLabel, LabelDisplay>> = {
  draft: { word: 'Draft', icon: 'pencil-line', tone: 'neutral' },
  awaiting_customer: { word: 'Waiting for customer', icon: 'hourglass', tone: 'neutral' },
  verifying: { word: 'Checking access', icon: BUSY, tone: 'info' },
  verification_failed: { word: 'Access check failed', icon: 'circle-x', tone: 'bad' },
  verified: { word: 'Ready to start', icon: 'circle-dashed', tone: 'good' },
  starting: { word: 'Starting…', icon: BUSY, tone: 'info' },
  pausing: { word: 'Pausing…', icon: BUSY, tone: 'info' },
  resuming: { word: 'Resuming…', icon: BUSY, tone: 'info' },
  draining: { word: 'Finishing…', icon: BUSY, tone: 'info' },
  delivering: { word: 'Delivering', icon: 'circle-check', tone: 'good' },
  late: { word: 'Late', icon: 'clock-alert', tone: 'warn' },
  failing: { word: 'Failing', icon: 'triangle-alert', tone: 'bad' },
  blocked: { word: 'Blocked', icon: 'octagon-x', tone: 'bad-solid' },
  idle: { word: 'No traffic', icon: 'moon', tone: 'neutral' },
  unknown: { word: 'No measurements', icon: 'circle-question-mark', tone: 'neutral' },
  paused: { word: 'Paused', icon: 'circle-pause', tone: 'info' },
  disabled: { word: 'Disabled', icon: 'circle-slash', tone: 'neutral' },
  archived: { word: 'Archived', icon: 'archive', tone: 'neutral' },
};
