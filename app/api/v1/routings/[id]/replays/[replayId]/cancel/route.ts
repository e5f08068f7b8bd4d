import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { cancelReplay } from '@/lib/services/replay/cancel';

type Params = { id: string; replayId: string };

export const POST = withBearer<Params>(async ({ ctx, params: { id: routingId, replayId } }) =>
  answer(ctx, { replay: await cancelReplay({ ctx, input: { routingId, replayId } }) }),
);
