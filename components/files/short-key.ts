/** The end of an object key that tells files apart: its last folder and its name. */
export function shortKey(key: string): string {
  const parts = key.split('/');
  return parts.length <= 2 ? key : `…/${parts.slice(-2).join('/')}`;
}

/** The name alone from its time of day on, for narrow screens: the date is the same in most rows. */
export function shortestKey(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return name.replace(/^\d{4}-\d\d-\d\dT/, '…');
}
