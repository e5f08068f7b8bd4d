import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { waitUntil } from './wait-until';

/** Waits until a process stands still after SIGSTOP. */
export function untilFrozen(pid: number, deadlineMs = 90_000): Promise<true> {
  return waitUntil(`process ${pid} is frozen`, () => stateOf(pid).startsWith('T'), deadlineMs);
}

/** `T` is stopped. Throws when there is no such process. */
function stateOf(pid: number): string {
  const stat = `/proc/${pid}/stat`;
  // The state follows the program's name, which stands in parentheses and may hold any character.
  if (existsSync('/proc/self/stat')) return readFileSync(stat, 'utf8').split(') ').at(-1) ?? '';
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}
