import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';

/** Throws VALIDATION for an endpoint that is neither AWS ('') nor on the operator's list. */
export function requireEndpoint(ctx: Pick<Ctx, 'allowedEndpoints'>, endpoint: string): void {
  if (endpoint === '' || ctx.allowedEndpoints.includes(endpoint)) return;
  throw new AppError('VALIDATION', 'Some fields need your attention.', {
    issues: [
      { field: 'endpoint', message: 'Choose AWS or one of the S3 servers that this installation allows.' },
    ],
  });
}
