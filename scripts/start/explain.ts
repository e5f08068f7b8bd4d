/** One sentence that says what to do, from whatever stopped the start. */
export function explain(error: unknown, home: string): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|No space left on device/i.test(message)) {
    return `The disk is full. Free some space for ${home} and start again; nothing that was accepted is lost.`;
  }
  if (/EACCES|EPERM|Permission denied/.test(message)) {
    return `Sluice may not write where it must (${message}). Give this user the folder ${home}, or set SLUICE_HOME to one it owns.`;
  }
  return `Sluice could not start. ${message}`;
}
