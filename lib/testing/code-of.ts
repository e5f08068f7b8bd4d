import { AppError, type AppErrorCode } from '@/lib/domain/errors';

/** The code with which a verb refuses, or `none` when it does what it is asked; anything but an AppError is thrown on. */
export async function codeOf(promise: Promise<unknown>): Promise<AppErrorCode | 'none'> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
