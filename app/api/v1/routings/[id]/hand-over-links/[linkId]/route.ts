import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { revokeHandOverLink } from '@/lib/services/hand-over/revoke';

type Params = { id: string; linkId: string };

export const DELETE = withBearer<Params>(async ({ ctx, params: { id: routingId, linkId } }) =>
  answer(ctx, { handOverLink: await revokeHandOverLink({ ctx, input: { routingId, linkId } }) }),
);
