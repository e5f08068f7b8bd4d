import { hash, verify } from '@node-rs/argon2';

// OWASP's argon2id figures: 19 MiB, 2 passes, 1 lane (argon2id is the library's default algorithm).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// What an unknown account is compared with, so that it costs as much time as a known one.
let decoy: Promise<string> | null = null;

/** The argon2id hash of a password, in PHC format. */
export function hashPassword(plain: string): Promise<string> {
  return hash(plain, COST);
}

/** False for a wrong password; `passwordHash` null (no such account) takes as long and is always false. */
export async function verifyPassword(passwordHash: string | null, plain: string): Promise<boolean> {
  decoy ??= hashPassword('no such account');
  const matches = await verify(passwordHash ?? (await decoy), plain);
  return matches && passwordHash !== null;
}
