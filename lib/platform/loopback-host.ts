const LOOPBACK = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])$/i;

/** Whether a URL's host name is this machine itself. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}
