import { notFound } from 'next/navigation';
import { AppError } from '@/lib/domain/errors';

/** What a verb reads for a page; a thing that is not there, or has no such id, becomes the page that says so. */
export async function found<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'VALIDATION')) notFound();
    throw error;
  }
}
