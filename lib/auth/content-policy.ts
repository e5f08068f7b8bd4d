/**
 * The Content-Security-Policy of a page. Scripts run by nonce only. Style attributes stay allowed: charts and
 * overlays position themselves with them.
 */
export function contentPolicy(options: { nonce: string; isSecure: boolean; isDevelopment: boolean }): string {
  const { nonce, isSecure, isDevelopment } = options;
  // React's development build evaluates code to show better stacks.
  const development = isDevelopment ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
