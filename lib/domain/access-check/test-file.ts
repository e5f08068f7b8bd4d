const FOLDER = '_sluice/check/';

/** Only below this folder does a check write anything: a name that readers of the data pass over. */
export function checkFolder(prefix: string): string {
  return `${prefix}${FOLDER}`;
}

/** What the key of a test file would be if it were data: the part below the folder. */
export function belowCheckFolder(key: string): string {
  return key.slice(key.lastIndexOf(FOLDER) + FOLDER.length);
}
