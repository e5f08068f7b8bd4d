import { asInput, readBody, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { createApiKey } from '@/lib/services/api-key/create';
import { listApiKeys } from '@/lib/services/api-key/list';

export const GET = withBearer(async ({ ctx, request }) =>
  answer(ctx, await listApiKeys({ ctx, input: asInput(readQuery(request)) })),
);

export const POST = withBearer(async ({ ctx, request }) =>
  answer(ctx, await createApiKey({ ctx, input: asInput(await readBody(request)) }), { status: 201 }),
);
