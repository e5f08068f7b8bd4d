import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { retestRow } from '@/lib/services/access-check/retest-row';

type Params = { id: string; checkId: string };

export const POST = withBearer<Params>(async ({ ctx, request, params: { id: routingId, checkId } }) => {
  const body = await readBody(request);
  return answer(
    ctx,
    { check: await retestRow({ ctx, input: asInput({ ...body, routingId, checkId }) }) },
    { status: 202 },
  );
});
