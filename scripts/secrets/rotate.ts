import { parseEnv } from '@/lib/platform/env';
import { rsaKeyRing } from '@/lib/platform/secret-box/rsa-keys';
import { createSql } from '@/lib/platform/sql';
import { rewrapSecrets } from '@/lib/services/secret/rewrap-secrets';

// Runs with the environment of a worker: whoever rotates holds the keys that open.
const env = parseEnv();
if (env.SLUICE_SEAL_PRIVATE_KEYS === undefined) {
  console.error(
    'SLUICE_SEAL_PRIVATE_KEYS is not set. Give the private keys in PEM, the new one first and the old ones after it.',
  );
  process.exit(1);
}
const ring = rsaKeyRing(env.SLUICE_SEAL_PRIVATE_KEYS);
const sql = createSql({
  databaseUrl: env.DATABASE_URL,
  applicationName: 'sluice-secrets-rotate',
  connectionsMax: 1,
});
try {
  const report = await rewrapSecrets(sql, { from: [ring], to: ring.newest });
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(report));
  } else {
    console.log(
      `${report.rewrapped} secrets were wrapped anew, ${report.already} were so already. Key: ${report.keyId}`,
    );
    for (const { secret, keyId } of report.unreadable)
      console.error(`Cannot be opened here: ${secret}, sealed to key ${keyId}. Add that key to the ring.`);
  }
  process.exitCode = report.unreadable.length === 0 ? 0 : 1;
} finally {
  await sql.end();
}
