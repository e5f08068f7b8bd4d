/** A key that data keys are wrapped by: all that sealing needs, and nothing that opens. */
export interface WrappingKey {
  /** By which an envelope names it: a fingerprint, or the ARN of a KMS key. */
  readonly keyId: string;
  /** A new 256-bit data key and the same key wrapped. The caller overwrites `dataKey` when it is done. */
  newDataKey(aad: string): Promise<{ readonly dataKey: Buffer; readonly wrappedKey: Buffer }>;
  /** Wraps a data key that another key wrapped before. */
  wrap(dataKey: Buffer, aad: string): Promise<Buffer>;
}

/** What opens wrapped data keys; only the worker has one. */
export interface UnwrappingKey {
  /** Whether it holds the key that an envelope names. */
  holds(keyId: string): boolean;
  /** Rejects when the wrapped key was altered, or was wrapped for another `aad`. */
  unwrap(wrapped: { readonly keyId: string; readonly wrappedKey: Buffer }, aad: string): Promise<Buffer>;
}
