/**
 * The network address of the client for counting sign-in tries: the last entry of X-Forwarded-For, which is what
 * the nearest proxy (or Next itself, when there is none) saw. Empty when unknown.
 */
export function clientAddress(forwardedFor: string | undefined): string {
  return forwardedFor?.split(',').at(-1)?.trim().slice(0, 100) ?? '';
}
