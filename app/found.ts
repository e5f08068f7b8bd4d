import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { PATH_HEADER } from '@/lib/auth/request-headers';
import { requireCtx } from '@/lib/auth/require-ctx';
import { AppError } from '@/lib/domain/errors';
import { recordRefusal } from '@/lib/services/audit/record-refusal';

/** What a verb reads for a page; a thing that is not there, or has no such id, becomes the page that says so. */
export async function found<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    await recordRefusedPage(error);
    if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'VALIDATION')) notFound();
    throw error;
  }
}

/** Records that a page was refused to who asks for it, when that is what the error says. */
export async function recordRefusedPage(error: unknown): Promise<void> {
  if (!(error instanceof AppError)) return;
  const path = (await headers()).get(PATH_HEADER)?.split('?')[0] ?? '';
  await recordRefusal(await requireCtx(), error, `the page ${path}`);
}
