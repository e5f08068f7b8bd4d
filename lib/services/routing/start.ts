import type { RoutingIdInput } from '@/lib/domain/routing/input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { changeRoutingState } from './change-state';

/** Starts a draft or paused routing: its lanes open where the routing says and run; `active` follows with the first file. */
export async function startRouting(given: { ctx: Ctx; input: RoutingIdInput }): Promise<RoutingView> {
  return changeRoutingState({ ...given, wish: 'start' });
}
