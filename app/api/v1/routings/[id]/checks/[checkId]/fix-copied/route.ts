import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { noteFixCopied } from '@/lib/services/access-check/note-fix-copied';

type Params = { id: string; checkId: string };

export const POST = withBearer<Params>(async ({ ctx, params: { id: routingId, checkId } }) =>
  answer(ctx, { check: await noteFixCopied({ ctx, input: { routingId, checkId } }) }, { status: 202 }),
);
