// What a routing writes below its prefix; everything else there is the customer's.
const OURS = ['type=', '_sluice/', '_replay/'];

/**
 * Whether two routings that deliver to one bucket under these prefixes (empty, or ending in a slash) would mix their
 * files: the same prefix, or one inside a folder that the other writes.
 */
export function placesCollide(one: string, other: string): boolean {
  return one === other || isInside(one, other) || isInside(other, one);
}

function isInside(inner: string, outer: string): boolean {
  return OURS.some((folder) => inner.startsWith(`${outer}${folder}`));
}
