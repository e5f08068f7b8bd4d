/** What a request asks for, for the record: without its query and body, which people have typed. */
export function askedOf(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname}`;
}
