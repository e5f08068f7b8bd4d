import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listNotices } from '@/lib/services/notice/list';
import { sendNoticeAgain } from '@/lib/services/notice/send-again';

export const GET = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, await listNotices({ ctx, input: { routingId: params.id } })),
);

/** Sends one of them again. */
export const POST = withBearer<{ id: string }>(async ({ ctx, request, params }) => {
  const input = asInput<Parameters<typeof sendNoticeAgain>[0]['input']>({
    ...(await readBody(request)),
    routingId: params.id,
  });
  return answer(ctx, await sendNoticeAgain({ ctx, input }), { status: 202 });
});
