import { asInput, readOptionalBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { startRouting } from '@/lib/services/routing/start';

export const POST = withBearer<{ id: string }>(async ({ ctx, request, params }) => {
  const input = asInput<Parameters<typeof startRouting>[0]['input']>({
    ...(await readOptionalBody(request)),
    routingId: params.id,
  });
  return answer(ctx, { routing: await startRouting({ ctx, input }) });
});
