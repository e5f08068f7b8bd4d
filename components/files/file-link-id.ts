/** Where the focus goes back to when the panel of a file closes. */
export function fileLinkId(fileId: string): string {
  return `file-${fileId}`;
}
