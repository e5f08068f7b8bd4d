import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startS3StandIn } from './start';

const USAGE = `Usage: npx tsx dev/s3-stand-in/main.ts --directory DIRECTORY [--port PORT] [--region REGION] [--bucket BUCKET]
Runs the S3 stand-in by itself on loopback, with a new access key and a control door; prints one line of JSON.`;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      directory: { type: 'string' },
      port: { type: 'string', default: '0' },
      region: { type: 'string', default: 'us-east-1' },
      bucket: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.directory === undefined || !/^\d{1,5}$/.test(values.port)) throw new Error(USAGE);
  const controlToken = randomBytes(24).toString('base64url');
  const standIn = await startS3StandIn({
    directory: path.resolve(values.directory),
    port: Number(values.port),
    region: values.region,
    buckets: values.bucket,
    controlToken,
  });
  const key = await standIn.control.createKey();
  console.log(JSON.stringify({ endpoint: standIn.url, region: values.region, ...key, controlToken }));
  const stop = () => void standIn.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

run().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
});
