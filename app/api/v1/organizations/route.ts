import { asInput, readBody, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { createOrganization } from '@/lib/services/organization/create';
import { listOrganizations } from '@/lib/services/organization/list';

export const GET = withBearer(async ({ ctx, request }) =>
  answer(ctx, await listOrganizations({ ctx, input: asInput(readQuery(request)) })),
);

export const POST = withBearer(async ({ ctx, request }) => {
  const organization = await createOrganization({ ctx, input: asInput(await readBody(request)) });
  return answer(ctx, { organization }, { status: 201 });
});
