import type { ObjectAccess, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { toStoreError } from '@/lib/platform/object-store/store-fault';

interface AnyOutput {
  readonly $metadata: {
    readonly requestId?: string | undefined;
    readonly httpStatusCode?: number | undefined;
  };
}

interface Question<Output extends AnyOutput, T> {
  readonly send: (options: { abortSignal: AbortSignal }) => Promise<Output>;
  /** Whose secrets must not stand in a message; null for unsigned calls. */
  readonly access: ObjectAccess | null;
  readonly deadlineMs: number;
  readonly read: (output: Output) => T | Promise<T>;
}

/** Makes one call; what fails is an answer, too. Only a programmer's error is thrown. */
export async function ask<Output extends AnyOutput, T>(
  question: Question<Output, T>,
): Promise<StoreAnswer<T>> {
  const { send, access, deadlineMs, read } = question;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  try {
    const output = await send({ abortSignal: deadline.signal });
    const { requestId = null, httpStatusCode: httpStatus = 200 } = output.$metadata;
    return { kind: 'ok', value: await read(output), requestId, httpStatus };
  } catch (thrown) {
    const error = toStoreError(thrown, access);
    if (error === null) throw thrown;
    return deadline.signal.aborted && error.httpStatus === null ? { ...error, code: 'TimeoutError' } : error;
  } finally {
    clearTimeout(timer);
  }
}
