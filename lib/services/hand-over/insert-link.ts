import { randomUUID } from 'node:crypto';
import { actorRef, type RecordedActor } from '@/lib/domain/access/actor';
import { handOverAddress } from '@/lib/domain/hand-over/address';
import { LINK_LIFE_DAYS } from '@/lib/domain/hand-over/limits';
import type { DbTransaction } from '@/lib/platform/db/client';
import { generateHandOverToken, hashHandOverToken } from '@/lib/platform/hand-over-token';

interface NewLink {
  readonly organizationId: string;
  readonly routingId: string;
  readonly recipient: string | null;
  readonly by: RecordedActor;
  /** The address of the dashboard. */
  readonly origin: string;
  /** The link that is passed on: the new one ends when it would have. */
  readonly parent?: { readonly id: string; readonly rootId: string; readonly expiresAt: Date };
}

/** Stores a new link and returns its address, which nothing keeps. */
export async function insertLink(
  tx: DbTransaction,
  { organizationId, routingId, recipient, by, origin, parent }: NewLink,
): Promise<{ id: string; address: string }> {
  const id = randomUUID();
  const token = generateHandOverToken();
  await tx.$executeRaw`
    INSERT INTO hand_over_link
      (id, organization_id, routing_id, root_id, parent_id, token_hash, recipient, created_by, expires_at)
    VALUES (${id}::uuid, ${organizationId}::uuid, ${routingId}::uuid, ${parent?.rootId ?? id}::uuid,
      ${parent?.id ?? null}::uuid, ${hashHandOverToken(token)}, ${recipient}, ${actorRef(by)},
      coalesce(${parent?.expiresAt ?? null}::timestamptz, now() + ${LINK_LIFE_DAYS}::int * interval '1 day'))`;
  return { id, address: handOverAddress(origin, { id, token }) };
}
