import {
  type EventLookView,
  type ReadEventLookInput,
  readEventLookSchema,
} from '@/lib/domain/event-look/look';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';

interface Row {
  readonly state: 'asked' | 'read' | 'refused';
  readonly body: Uint8Array | null;
  readonly is_cut: boolean;
  readonly code: string | null;
  readonly message: string | null;
}

/** What came of a look: for the person who asked, and some minutes long. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function readEventLook(given: { ctx: Ctx; input: ReadEventLookInput }): Promise<EventLookView> {
  const { ctx } = given;
  requirePermission(ctx, 'event-lines.read');
  const { lookId } = parseInput(readEventLookSchema, given.input);
  const { userId, organizationId } = ctx.actor;
  const [row] = await ctx.db.$queryRaw<Row[]>`
    SELECT state, body, is_cut, code, message FROM event_look
    WHERE id = ${lookId}::uuid AND requested_by = ${userId}::uuid AND organization_id = ${organizationId}::uuid
      AND expires_at > now()`;
  if (row === undefined) throw notFound('look into a file');
  if (row.state === 'refused') return { state: 'refused', code: row.code ?? '', message: row.message ?? '' };
  if (row.body === null) return { state: 'asked' };
  const text = Buffer.from(row.body).toString('utf8');
  return { state: 'read', lines: text.replace(/\n$/, '').split('\n'), isCut: row.is_cut };
}
