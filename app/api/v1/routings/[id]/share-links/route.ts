import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { webDeps } from '@/lib/auth/web-deps';
import { createShareLink } from '@/lib/services/share-link/create';
import { listShareLinks } from '@/lib/services/share-link/list';

type Params = { id: string };

export const GET = withBearer<Params>(async ({ ctx, params }) =>
  answer(ctx, await listShareLinks({ ctx, input: { routingId: params.id } })),
);

/** The only answer that ever holds the link's address. */
export const POST = withBearer<Params>(async ({ ctx, request, params }) => {
  const input = asInput<Parameters<typeof createShareLink>[0]['input']>({
    ...(await readBody(request)),
    routingId: params.id,
  });
  const { origin } = webDeps().address;
  return answer(ctx, await createShareLink({ ctx, input, origin }), { status: 201 });
});
