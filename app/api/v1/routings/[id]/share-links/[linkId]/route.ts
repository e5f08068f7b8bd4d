import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { revokeShareLink } from '@/lib/services/share-link/revoke';

type Params = { id: string; linkId: string };

export const DELETE = withBearer<Params>(async ({ ctx, params: { id: routingId, linkId } }) =>
  answer(ctx, { shareLink: await revokeShareLink({ ctx, input: { routingId, linkId } }) }),
);
