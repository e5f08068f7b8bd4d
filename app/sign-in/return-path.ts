/** Leads each role on to where its work is. */
const HOME = '/';

/** Where signing in leads: a path of this site only, never another address that a link could smuggle in. */
export function returnPath(callbackUrl: string): string {
  const isOwnPath = /^\/(?![/\\])[\x21-\x7e]*$/.test(callbackUrl) && !callbackUrl.includes('\\');
  return isOwnPath && !callbackUrl.startsWith('/sign-in') ? callbackUrl : HOME;
}
