/** The end of an object key that tells files apart: its last folder and its name. */
export function shortKey(key: string): string {
  const parts = key.split('/');
  return parts.length <= 2 ? key : `…/${parts.slice(-2).join('/')}`;
}
