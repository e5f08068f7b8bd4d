import { decodeEnvelope, encodeEnvelope } from './envelope';
import { unwrapDataKey } from './unwrap-data-key';
import type { UnwrappingKey, WrappingKey } from './wrapping-key';

/** The name of the key that a sealed secret needs. Throws SecretBoxError for bytes that are no sealed secret. */
export function sealedTo(sealed: Buffer): string {
  return decodeEnvelope(sealed).keyId;
}

/**
 * The same sealed secret with its data key wrapped by `to`; the secret itself is not opened. Rejects with
 * SecretBoxError when none of `from` opens the data key.
 */
export async function rewrap(
  sealed: Buffer,
  { from, to, aad }: { from: readonly UnwrappingKey[]; to: WrappingKey; aad: string },
): Promise<Buffer> {
  const envelope = decodeEnvelope(sealed);
  const dataKey = await unwrapDataKey(from, envelope, aad);
  const wrappedKey = await to.wrap(dataKey, aad);
  dataKey.fill(0);
  return encodeEnvelope({ ...envelope, keyId: to.keyId, wrappedKey });
}
