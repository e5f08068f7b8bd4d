import { asInput, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { readReplay } from '@/lib/services/replay/read';

type Params = { id: string; replayId: string };

export const GET = withBearer<Params>(async ({ ctx, request, params: { id: routingId, replayId } }) =>
  answer(ctx, await readReplay({ ctx, input: asInput({ ...readQuery(request), routingId, replayId }) })),
);
