import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listContacts } from '@/lib/services/contact/list';
import { setContacts } from '@/lib/services/contact/set';

type Params = { id: string };

export const GET = withBearer<Params>(async ({ ctx, params }) =>
  answer(ctx, await listContacts({ ctx, input: { routingId: params.id } })),
);

export const PUT = withBearer<Params>(async ({ ctx, request, params }) => {
  const input = asInput<Parameters<typeof setContacts>[0]['input']>({
    ...(await readBody(request)),
    routingId: params.id,
  });
  return answer(ctx, await setContacts({ ctx, input }));
});
