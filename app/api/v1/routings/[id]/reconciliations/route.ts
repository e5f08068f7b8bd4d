import { asInput, readBody, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listReconciliations } from '@/lib/services/reconciliation/list';
import { startReconciliation } from '@/lib/services/reconciliation/start';

type Params = { id: string };

export const GET = withBearer<Params>(async ({ ctx, request, params }) => {
  const input = asInput<Parameters<typeof listReconciliations>[0]['input']>({
    ...readQuery(request),
    routingId: params.id,
  });
  return answer(ctx, await listReconciliations({ ctx, input }));
});

export const POST = withBearer<Params>(async ({ ctx, request, params }) => {
  const input = asInput<Parameters<typeof startReconciliation>[0]['input']>({
    ...(await readBody(request)),
    routingId: params.id,
  });
  return answer(ctx, { reconciliation: await startReconciliation({ ctx, input }) }, { status: 201 });
});
