import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { removeWebhook } from '@/lib/services/contact/remove-webhook';
import { setWebhook } from '@/lib/services/contact/set-webhook';

type Params = { id: string };

/** The only answer that ever holds the secret. */
export const PUT = withBearer<Params>(async ({ ctx, request, params }) => {
  const input = asInput<Parameters<typeof setWebhook>[0]['input']>({
    ...(await readBody(request)),
    routingId: params.id,
  });
  return answer(ctx, await setWebhook({ ctx, input }));
});

export const DELETE = withBearer<Params>(async ({ ctx, params }) => {
  await removeWebhook({ ctx, input: { routingId: params.id } });
  return answer(ctx, {});
});
