import type { ObjectAccess, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { toStoreError } from '@/lib/platform/object-store/store-fault';

interface StsOutput {
  readonly $metadata: {
    readonly requestId?: string | undefined;
    readonly httpStatusCode?: number | undefined;
  };
}

interface Question<Output extends StsOutput, T> {
  readonly send: (abortSignal: AbortSignal) => Promise<Output>;
  readonly read: (output: Output) => T;
  readonly deadlineMs: number;
  /** Whose secrets must not stand in a message. */
  readonly access: ObjectAccess | null;
}

/** Makes one call; what fails is an answer, too. It ends by its deadline also where finding an identity hangs. */
export async function askSts<Output extends StsOutput, T>(
  question: Question<Output, T>,
): Promise<StoreAnswer<T>> {
  const { send, read, deadlineMs, access } = question;
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      deadline.abort();
      reject(Object.assign(new Error('STS did not answer in time'), { name: 'TimeoutError' }));
    }, deadlineMs);
  });
  try {
    const output = await Promise.race([send(deadline.signal), tooLate]);
    const { requestId = null, httpStatusCode: httpStatus = 200 } = output.$metadata;
    return { kind: 'ok', value: read(output), requestId, httpStatus };
  } catch (thrown) {
    const error = toStoreError(thrown, access);
    if (error === null) throw thrown;
    return deadline.signal.aborted && error.httpStatus === null ? { ...error, code: 'TimeoutError' } : error;
  } finally {
    clearTimeout(timer);
  }
}
