import pg from 'pg';
import type { StandInControl } from '@/dev/s3-stand-in/control/stand-in-control';
import { CUMULUS } from '@/prisma/seed-customers';

/** The role with which Cumulus may let the demo in, as its AWS admin would have made it. */
export const DEMO_ROLE_ARN = 'arn:aws:iam::123456789012:role/sluice-cumulus';

/** Makes that role at the stand-in: it trusts the demo's identity alone, with the external id of Cumulus. */
export async function putDemoRole(
  control: StandInControl,
  { databaseUrl, trusts }: { readonly databaseUrl: string; readonly trusts: string },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ external_id: string }>(
      'SELECT external_id FROM organization WHERE name = $1',
      [CUMULUS],
    );
    const [organization] = rows;
    if (organization === undefined) return;
    await control.putRole({ roleArn: DEMO_ROLE_ARN, externalId: organization.external_id, trusts });
  } finally {
    await client.end();
  }
}
