import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { revokeApiKey } from '@/lib/services/api-key/revoke';

export const DELETE = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, { apiKey: await revokeApiKey({ ctx, input: { apiKeyId: params.id } }) }),
);
