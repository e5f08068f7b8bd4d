const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that may carry cookies may change something: its Origin must be the configured address.
 * No Origin is no proof, so it is refused; browsers send it with every POST.
 */
export function isTrustedOrigin(
  request: { readonly method: string; readonly headers: Pick<Headers, 'get'> },
  origin: string,
): boolean {
  return SAFE_METHODS.includes(request.method) || request.headers.get('origin') === origin;
}
