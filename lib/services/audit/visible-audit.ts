import { type Actor, actorRef } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';

/** Which audit rows of a thing that the actor sees they may read, as a filter; null for none. */
export function visibleAudit(actor: Actor): { actor?: { in: string[] } } | null {
  if (!mayDo(actor.role, 'audit.read')) return null;
  // Technical services read their own acts only.
  if (actor.role !== 'technical_services') return {};
  return { actor: { in: [actorRef({ ...actor, kind: 'user' }), actorRef({ ...actor, kind: 'api_token' })] } };
}
