import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { ActionRefusal, ActionResult } from '@/components/forms/action-result';
import { REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';

interface Done<T> {
  readonly value: T;
  readonly notices?: readonly string[];
}

/** Runs one verb for a server action of somebody who is signed in. */
export async function act<T>(verb: (ctx: Ctx) => Promise<Done<T>>): Promise<ActionResult<T>> {
  return answerAction(async () => verb(await requireCtx()));
}

/** Runs a server action and maps what comes of it; the only place where actions meet errors. */
export async function answerAction<T>(run: () => Promise<Done<T>>): Promise<ActionResult<T>> {
  try {
    const { value, notices = [] } = await run();
    return { ok: true, value, notices };
  } catch (error) {
    unstable_rethrow(error);
    return error instanceof AppError ? toRefusal(error) : unexpected(error);
  }
}

async function toRefusal(error: AppError): Promise<ActionRefusal> {
  switch (error.code) {
    case 'VALIDATION':
    case 'UNAUTHENTICATED':
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'CONFLICT':
    case 'PRECONDITION':
    case 'LIMIT':
    case 'UNAVAILABLE':
      return {
        ok: false,
        code: error.code,
        message: error.message,
        fieldErrors: Object.fromEntries(error.issues.map(({ field, message }) => [field, message])),
      };
    case 'INTERNAL':
      return unexpected(error);
  }
}

async function unexpected(error: unknown): Promise<ActionRefusal> {
  const requestId = (await headers()).get(REQUEST_ID_HEADER) ?? 'unknown';
  webDeps().logger.error({ err: error, requestId }, 'a server action failed');
  const message = `Sluice could not do this, and it is not known whether anything was saved. Reload the page to see, and name request ${requestId} when you ask for help.`;
  return { ok: false, code: 'INTERNAL', message, fieldErrors: {} };
}
