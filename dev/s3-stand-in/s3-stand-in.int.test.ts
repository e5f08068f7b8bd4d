import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { objectStoreServerConformance } from './conformance/object-store-server-conformance';
import { startS3StandIn } from './start';

objectStoreServerConformance('the stand-in', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-s3-'));
  const region = 'eu-central-1';
  const standIn = await startS3StandIn({ directory, region });
  return {
    endpoint: standIn.url,
    region,
    ...(await standIn.control.createKey()),
    kmsKeyId: `arn:aws:kms:${region}:123456789012:key/0b2c5a3e-1111-4222-8333-444455556666`,
    differences: [],
    close: async () => {
      await standIn.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
});
