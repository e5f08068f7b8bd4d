import { asInput, readBody, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { createWorkspace } from '@/lib/services/workspace/create';
import { listWorkspaces } from '@/lib/services/workspace/list';

export const GET = withBearer(async ({ ctx, request }) =>
  answer(ctx, await listWorkspaces({ ctx, input: asInput(readQuery(request)) })),
);

export const POST = withBearer(async ({ ctx, request }) => {
  const workspace = await createWorkspace({ ctx, input: asInput(await readBody(request)) });
  return answer(ctx, { workspace }, { status: 201 });
});
