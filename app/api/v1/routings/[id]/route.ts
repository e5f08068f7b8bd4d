import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { parseInput } from '@/lib/domain/parse-input';
import { patchedInput, routingPatchSchema } from '@/lib/domain/routing/patch';
import { getRouting } from '@/lib/services/routing/get';
import { updateRouting } from '@/lib/services/routing/update';

type Params = { id: string };

export const GET = withBearer<Params>(async ({ ctx, params }) =>
  answer(ctx, { routing: await getRouting({ ctx, input: { routingId: params.id } }) }),
);

export const PATCH = withBearer<Params>(async ({ ctx, request, params }) => {
  const patch = parseInput(routingPatchSchema, await readBody(request));
  const view = await getRouting({ ctx, input: { routingId: params.id } });
  return answer(ctx, await updateRouting({ ctx, input: asInput(patchedInput(view, patch)) }));
});
