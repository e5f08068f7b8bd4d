import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { checkAccess } from '@/lib/services/access-check/check-access';
import { getAccessCheck } from '@/lib/services/access-check/get';

export const GET = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, { check: await getAccessCheck({ ctx, input: { routingId: params.id } }) }),
);

export const POST = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, { check: await checkAccess({ ctx, input: { routingId: params.id } }) }, { status: 202 }),
);
