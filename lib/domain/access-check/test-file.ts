/** Only below this folder does a check write anything: a name that readers of the data pass over. */
export function checkFolder(prefix: string): string {
  return `${prefix}_sluice/check/`;
}

/** The key of a check's test file; each one has a name of its own, for a PUT never overwrites. */
export function testFileKey(prefix: string, name: string): string {
  return `${checkFolder(prefix)}${name}.jsonl.gz`;
}
