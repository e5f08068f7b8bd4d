import { asInput, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listFiles } from '@/lib/services/file/list';

export const GET = withBearer<{ id: string }>(async ({ ctx, request, params }) =>
  answer(ctx, await listFiles({ ctx, input: asInput({ ...readQuery(request), routingId: params.id }) })),
);
