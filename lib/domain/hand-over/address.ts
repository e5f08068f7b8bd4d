/**
 * The address of a link. The token stands in the fragment, which no browser sends: neither servers on the way nor
 * whoever merely fetches the address learn it.
 */
export function handOverAddress(
  origin: string,
  link: { readonly id: string; readonly token: string },
): string {
  return `${origin}${handOverPath(link.id)}#${link.token}`;
}

/** Where the page of a link is, and the only place to which its cookie is sent. */
export function handOverPath(linkId: string): string {
  return `/h/${linkId}`;
}
