/** Live delivery to the same bucket comes first: few requests at once are enough. */
const AT_ONCE = 4;

/** Does the work for every item, a few at once; results in the items' order. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE)
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))));
  return results;
}
