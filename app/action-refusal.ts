import type { ActionRefusal } from '@/components/forms/action-result';
import { AppError } from '@/lib/domain/errors';
import type { Logger } from '@/lib/platform/logger';

interface Refused {
  readonly requestId: string;
  readonly logger: Logger;
}

/** What an action answers to an error: expected ones in their words, all others as ours, logged and not shown. */
export function toActionRefusal(error: unknown, { requestId, logger }: Refused): ActionRefusal {
  if (error instanceof AppError && error.code !== 'INTERNAL') {
    return {
      ok: false,
      code: error.code,
      message: error.message,
      fieldErrors: Object.fromEntries(error.issues.map(({ field, message }) => [field, message])),
    };
  }
  logger.error({ err: error, requestId }, 'a server action failed');
  const message = `Sluice could not do this, and it is not known whether anything was saved. Reload the page to see, and name request ${requestId} when you ask for help.`;
  return { ok: false, code: 'INTERNAL', message, fieldErrors: {} };
}
