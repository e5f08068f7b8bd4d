/** Where a shared status is, and the only place to which its cookie is sent. */
export function sharePath(linkId: string): string {
  return `/s/${linkId}`;
}

/** The address of a link. The token stands in the fragment, which no browser sends to anybody. */
export function shareAddress(origin: string, link: { readonly id: string; readonly token: string }): string {
  return `${origin}${sharePath(link.id)}#${link.token}`;
}
