export interface CollectionCall {
  readonly method?: 'POST' | 'PUT';
  readonly path: string;
  readonly serverKey: string;
  readonly body: Buffer;
  readonly isGzip?: boolean;
  readonly idempotencyKey: string | null;
  readonly deadlineMs: number;
}

/** An answer, or null when the connection broke or the deadline passed: then nobody knows. */
export interface CollectionReply {
  readonly status: number;
  readonly body: unknown;
}

/** One call to one collector. */
export async function post(collectorUrl: string, call: CollectionCall): Promise<CollectionReply | null> {
  try {
    const response = await fetch(`${collectorUrl}${call.path}`, {
      method: call.method ?? 'POST',
      headers: {
        'x-api-key': call.serverKey,
        'content-type': 'application/json',
        ...(call.isGzip ? { 'content-encoding': 'gzip' } : {}),
        ...(call.idempotencyKey === null ? {} : { 'idempotency-key': call.idempotencyKey }),
      },
      body: new Uint8Array(call.body),
      signal: AbortSignal.timeout(call.deadlineMs),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  } catch {
    return null;
  }
}
