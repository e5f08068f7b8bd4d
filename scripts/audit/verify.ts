import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { tellChainFinding } from '@/lib/domain/audit/chain';
import { createSql } from '@/lib/platform/sql';
import { verifyChains } from '@/lib/services/audit/verify-chains';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, kept: { type: 'string' } } });
const reportSchema = z.object({
  heads: z.array(
    z.object({ chain: z.uuid(), seq: z.number().int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
const databaseUrl = process.env.DATABASE_URL;
if (databaseUrl === undefined || databaseUrl === '') {
  console.error('DATABASE_URL is not set. Give the Postgres whose audit is to be verified.');
  process.exit(2);
}
const kept =
  values.kept === undefined ? [] : reportSchema.parse(JSON.parse(readFileSync(values.kept, 'utf8'))).heads;
const sql = createSql({ databaseUrl, applicationName: 'sluice-audit-verify', connectionsMax: 1 });
try {
  const { heads, findings } = await verifyChains(sql, { kept });
  const rows = heads.reduce((sum, { seq }) => sum + seq, 0);
  if (values.json === true) {
    console.log(JSON.stringify({ rows, heads, findings }, null, 2));
  } else {
    for (const finding of findings) console.error(tellChainFinding(finding));
    for (const { chain, seq, hash } of heads) console.log(`${chain} ${seq} ${hash}`);
    console.log(
      findings.length === 0
        ? `All ${rows} rows of ${heads.length} chains are as they were recorded. Keep the lines above elsewhere: they prove it later.`
        : `${findings.length} rows of ${rows} are not as they were recorded.`,
    );
  }
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await sql.end();
}
