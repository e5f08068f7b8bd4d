import { type Envelope, SecretBoxError } from './envelope';
import type { UnwrappingKey } from './wrapping-key';

/** The data key of an envelope. Rejects with SecretBoxError, which names a key that none of `keys` holds. */
export async function unwrapDataKey(
  keys: readonly UnwrappingKey[],
  envelope: Envelope,
  aad: string,
): Promise<Buffer> {
  const { keyId } = envelope;
  const key = keys.find((one) => one.holds(keyId));
  if (key === undefined)
    throw new SecretBoxError(`A secret is sealed to key ${keyId}, which this process does not hold.`);
  try {
    return await key.unwrap(envelope, aad);
  } catch (cause) {
    throw new SecretBoxError(
      `A sealed secret was altered, does not belong to this place, or key ${keyId} did not answer.`,
      { cause },
    );
  }
}
