export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Account = { name: 'nobody', uid: 65_534, gid: 65_534 };

/** The lines of /etc/passwd. */
export function parseAccounts(passwd: string): Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    return /^\d+$/.test(uid) && /^\d+$/.test(gid) ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** An account without rights under which Postgres may run; it has to exist, because initdb looks it up. */
export function pickAccount(accounts: readonly Account[]): Account {
  return accounts.find((one) => one.name === NOBODY.name) ?? accounts.find((one) => one.uid !== 0) ?? NOBODY;
}
