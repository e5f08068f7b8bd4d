import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { ActionResult } from '@/components/forms/action-result';
import { PATH_HEADER, REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { recordingRefusals } from '@/lib/services/audit/record-refusal';
import type { Ctx } from '@/lib/services/context';
import { toActionRefusal } from './action-refusal';

interface Done<T> {
  readonly value: T;
  readonly notices?: readonly string[];
}

/** Runs one verb for a server action of somebody who is signed in. */
export async function act<T>(verb: (ctx: Ctx) => Promise<Done<T>>): Promise<ActionResult<T>> {
  return answerAction(async () => {
    const ctx = await requireCtx();
    const path = (await headers()).get(PATH_HEADER)?.split('?')[0] ?? '';
    return recordingRefusals(ctx, `an action of ${path}`, () => verb(ctx));
  });
}

/** Runs a server action and maps what comes of it; the only place where actions meet errors. */
export async function answerAction<T>(run: () => Promise<Done<T>>): Promise<ActionResult<T>> {
  try {
    const { value, notices = [] } = await run();
    return { ok: true, value, notices };
  } catch (error) {
    unstable_rethrow(error);
    const requestId = (await headers()).get(REQUEST_ID_HEADER) ?? 'unknown';
    return toActionRefusal(error, { requestId, logger: webDeps().logger });
  }
}
