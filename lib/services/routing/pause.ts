import type { RoutingIdInput } from '@/lib/domain/routing/input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { changeRoutingState } from './change-state';

/** Pauses a running routing: no seal or PUT starts after this commit; `paused` follows when nothing is in flight. */
export async function pauseRouting(given: { ctx: Ctx; input: RoutingIdInput }): Promise<RoutingView> {
  return changeRoutingState({ ...given, wish: 'pause' });
}
