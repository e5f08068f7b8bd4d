import { z } from 'zod';

/** What people want. */
export const intentSchema = z.enum(['run', 'pause', 'disable']);
export type Intent = z.infer<typeof intentSchema>;

/** Where the machine is on its way there. */
export const lifecycleSchema = z.enum([
  'draft',
  'awaiting_customer',
  'verifying',
  'verified',
  'verification_failed',
  'starting',
  'active',
  'pausing',
  'paused',
  'resuming',
  'draining',
  'disabled',
  'archived',
]);
export type Lifecycle = z.infer<typeof lifecycleSchema>;

/** How delivery goes while active; written by the worker. */
export const healthSchema = z.enum(['healthy', 'late', 'failing', 'blocked', 'idle', 'unknown']);
export type Health = z.infer<typeof healthSchema>;

export interface RoutingState {
  readonly intent: Intent;
  readonly lifecycle: Lifecycle;
  readonly health: Health;
}
