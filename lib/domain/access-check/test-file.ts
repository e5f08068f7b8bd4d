/** Only below this folder does a check write anything: a name that readers of the data pass over. */
export function checkFolder(prefix: string): string {
  return `${prefix}_sluice/check/`;
}
