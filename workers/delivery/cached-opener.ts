import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import type { Opener } from '@/lib/platform/secret-box/opener';
import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';

const CREDENTIALS_MAX = 256;

type OpenCredential = Opener['openCredential'];

/**
 * Opens each credential once: unsealing costs milliseconds of CPU, and a credential row never changes what it holds.
 * The row itself is still read before each PUT, so a new or a destroyed credential counts at once.
 */
export function cacheOpened(openCredential: OpenCredential): OpenCredential {
  const opened = new Map<string, OpenedCredential>();
  return async (row: SealedCredentialRow) => {
    const known = opened.get(row.credentialId);
    const credential = known ?? (await openCredential(row));
    opened.delete(row.credentialId);
    opened.set(row.credentialId, credential);
    const [oldest] = opened.keys();
    if (opened.size > CREDENTIALS_MAX && oldest !== undefined) opened.delete(oldest);
    return credential;
  };
}
