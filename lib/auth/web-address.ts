/** What the configured address of the dashboard decides. */
export interface WebAddress {
  /** For comparison with an Origin header: scheme, host and port. */
  readonly origin: string;
  readonly host: string;
  readonly isSecure: boolean;
  readonly cookies: CookieNames;
}

interface CookieNames {
  readonly session: string;
  readonly csrf: string;
  readonly callback: string;
  /** Of the page of a hand-over link. */
  readonly handOver: string;
  /** Of the page of a share link. */
  readonly share: string;
}

/**
 * `address` is NEXTAUTH_URL. Cookies ignore ports, so the port is part of their names: two instances on one host
 * would sign each other out. Over https the prefixes bind them to it.
 */
export function webAddress(address: string): WebAddress {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? '443' : '80') : url.port;
  const name = (suffix: string) => `sluice-${port}.${suffix}`;
  return {
    origin: url.origin,
    host: url.host,
    isSecure,
    cookies: {
      session: `${isSecure ? '__Host-' : ''}${name('session')}`,
      csrf: `${isSecure ? '__Host-' : ''}${name('csrf')}`,
      callback: `${isSecure ? '__Host-' : ''}${name('callback')}`,
      handOver: `${isSecure ? '__Secure-' : ''}${name('hand-over')}`,
      share: `${isSecure ? '__Secure-' : ''}${name('share')}`,
    },
  };
}
