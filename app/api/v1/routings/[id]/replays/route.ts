import { asInput, readBody, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listReplays } from '@/lib/services/replay/list';
import { lookBeforeReplay } from '@/lib/services/replay/look';
import { startReplay } from '@/lib/services/replay/start';

type Params = { id: string };

export const GET = withBearer<Params>(async ({ ctx, request, params }) =>
  answer(ctx, await listReplays({ ctx, input: asInput({ ...readQuery(request), routingId: params.id }) })),
);

export const POST = withBearer<Params>(async ({ ctx, request, params }) => {
  const body = await readBody(request);
  const input = asInput<Parameters<typeof startReplay>[0]['input']>({ ...body, routingId: params.id });
  if (body.dryRun === true) return answer(ctx, await lookBeforeReplay({ ctx, input }));
  return answer(ctx, { replay: await startReplay({ ctx, input }) }, { status: 201 });
});
