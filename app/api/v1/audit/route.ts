import { asInput, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listAudit } from '@/lib/services/audit/list';

export const GET = withBearer(async ({ ctx, request }) =>
  answer(ctx, await listAudit({ ctx, input: asInput(readQuery(request)) })),
);
