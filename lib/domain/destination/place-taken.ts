/**
 * Why a place cannot be had: another routing's files would mix with ours. The routing is named to those of its own
 * organization only; of a stranger's nothing is said, not even that it is there.
 */
export function placeTakenSentence(routingName: string | null): string {
  return routingName === null
    ? 'This bucket and prefix cannot be used. Choose another prefix, or talk to us.'
    : `The routing “${routingName}” delivers to this bucket and prefix already. Choose another prefix, or archive that routing first.`;
}
