const QUOTES = `"'\`“”‘’„‚«»`;
// Invisible signs that come along with copied text; String.trim leaves some of them.
const EDGES = new RegExp(
  `^[\\s\\u200b-\\u200d\\u2060\\ufeff${QUOTES}]+|[\\s\\u200b-\\u200d\\u2060\\ufeff${QUOTES}]+$`,
  'g',
);

/** A pasted key without the spaces, line ends and quotes around it. */
export function stripPasted(text: string): string {
  return text.replace(EDGES, '');
}

/** Says what is wrong with an access key id and what to do, or null. `isAws` is false for other S3 servers. */
export function accessKeyIdFault(accessKeyId: string, isAws: boolean): string | null {
  if (accessKeyId === '') return 'Enter the access key ID.';
  if (/\s/.test(accessKeyId))
    return 'There is a space or a line end inside the access key ID; copy it alone.';
  if (!isAws) {
    return /^[\w.-]{3,128}$/.test(accessKeyId)
      ? null
      : 'An access key ID has 3 to 128 letters, digits or . _ -.';
  }
  if (accessKeyId.startsWith('ASIA')) {
    return 'This key is temporary (it starts with ASIA); enter a key of an IAM user, which starts with AKIA.';
  }
  if (accessKeyId.length === 40 && /[a-z]/.test(accessKeyId)) {
    return 'This looks like the secret; the access key ID starts with AKIA.';
  }
  if (!/^AKIA[A-Z0-9]{12,124}$/.test(accessKeyId)) {
    return 'An AWS access key ID starts with AKIA and holds only capital letters and digits.';
  }
  return null;
}

/** Says what is wrong with a secret access key and what to do, or null. Never repeats any of it. */
export function secretAccessKeyFault(secret: string, isAws: boolean): string | null {
  if (secret === '') return 'Enter the secret access key.';
  if (/\s/.test(secret)) return 'There is a space or a line end inside the secret; copy it alone.';
  if (isAws && /^AKIA[A-Z0-9]{12,}$/.test(secret)) {
    return 'This looks like the access key ID; the secret is the longer one.';
  }
  if (/[^\x21-\x7e]/.test(secret)) return 'The secret holds a sign that no AWS secret has; copy it again.';
  if (isAws && secret.length !== 40) return `An AWS secret has 40 characters; this has ${secret.length}.`;
  return secret.length < 8 || secret.length > 128 ? 'A secret has 8 to 128 characters.' : null;
}

export interface AccessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The pair of keys in a parsed input, or null when it holds none. */
export function accessKeysOf(given: {
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
}): AccessKeys | null {
  const { accessKeyId, secretAccessKey } = given;
  return accessKeyId === undefined || secretAccessKey === undefined ? null : { accessKeyId, secretAccessKey };
}
