import { parseEnv } from '@/lib/platform/env';
import { rotationKeysOf } from '@/lib/platform/secret-box/seal-keys';
import { createSql } from '@/lib/platform/sql';
import { rewrapSecrets } from '@/lib/services/secret/rewrap-secrets';

// Runs with the environment of a worker: whoever rotates holds the keys that open.
const env = parseEnv();
const keys = rotationKeysOf(env, { toRing: process.argv.includes('--to-ring') });
const sql = createSql({
  databaseUrl: env.DATABASE_URL,
  applicationName: 'sluice-secrets-rotate',
  connectionsMax: 1,
});
try {
  const report = await rewrapSecrets(sql, keys);
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
