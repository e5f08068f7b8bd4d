import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync } from 'node:fs';
import { type Account, parseAccounts, pickAccount } from './accounts';

type Mode = 'plain' | 'unshare' | 'setuid';
interface Way {
  readonly mode: Mode;
  readonly account: Account;
}
let known: Way | null = null;

const unshareArgs = ({ uid, gid }: Account) => ['--user', `--map-user=${uid}`, `--map-group=${gid}`];

// Postgres refuses to run as root and as a uid without an account (as in many containers). A user namespace needs no
// extra account and no chown; where namespaces are forbidden, root's child drops to another account.
function chooseWay(): Way {
  const uid = process.getuid?.() ?? -1;
  const accounts = existsSync('/etc/passwd') ? parseAccounts(readFileSync('/etc/passwd', 'utf8')) : [];
  const account = pickAccount(accounts);
  const isKnown =
    accounts.length === 0 || process.platform !== 'linux' || accounts.some((one) => one.uid === uid);
  if (uid !== 0 && isKnown) return { mode: 'plain', account };
  const canUnshare = spawnSync('unshare', [...unshareArgs(account), 'true']).status === 0;
  if (canUnshare) return { mode: 'unshare', account };
  return { mode: uid === 0 ? 'setuid' : 'plain', account };
}

/** Starts a Postgres program as a user that Postgres accepts, in a process group of its own. */
export function launch(program: string, args: readonly string[], dataDirectory: string): ChildProcess {
  known ??= chooseWay();
  const { mode, account } = known;
  const options = {
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { NODE_ENV: 'production' as const, PATH: process.env.PATH ?? '', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' },
  };
  switch (mode) {
    case 'plain':
      return spawn(program, args, options);
    case 'unshare':
      return spawn('unshare', [...unshareArgs(account), program, ...args], options);
    case 'setuid':
      if (existsSync(dataDirectory)) chownSync(dataDirectory, account.uid, account.gid);
      return spawn(program, args, { ...options, uid: account.uid, gid: account.gid });
  }
}
