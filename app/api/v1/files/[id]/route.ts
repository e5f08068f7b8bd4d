import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { getFile } from '@/lib/services/file/get';

export const GET = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, { file: await getFile({ ctx, input: { fileId: params.id } }) }),
);
