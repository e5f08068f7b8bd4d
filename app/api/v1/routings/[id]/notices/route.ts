import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listNotices } from '@/lib/services/notice/list';

export const GET = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, await listNotices({ ctx, input: { routingId: params.id } })),
);
