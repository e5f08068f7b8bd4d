import type { RoutingIdInput } from '@/lib/domain/routing/input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { changeRoutingState } from './change-state';

/** Resumes a paused routing where it stood; what waited is delivered first, without waiting for back-off. */
export async function resumeRouting(given: { ctx: Ctx; input: RoutingIdInput }): Promise<RoutingView> {
  return changeRoutingState({ ...given, wish: 'resume' });
}
