import { describe, expect, test } from 'vitest';
import { objectStoreServerConformance } from '@/dev/s3-stand-in/conformance/object-store-server-conformance';
import { startRadosgw } from './start';

const isSecondTier = process.env.SLUICE_TEST_TIER2 === '1';

// What `npm test` says at its end about the second tier is decided by the same setting.
if (isSecondTier) {
  objectStoreServerConformance('radosgw', async () => {
    const gateway = await startRadosgw();
    return {
      endpoint: gateway.url,
      region: gateway.region,
      accessKeyId: gateway.accessKeyId,
      secretAccessKey: gateway.secretAccessKey,
      kmsKeyId: gateway.kmsKeyId,
      differences: [
        'accepts-a-wrong-checksum-header',
        'accepts-any-region',
        'does-not-keep-checksums',
        'ignores-expected-owner',
        'refuses-quoted-if-match',
        'refuses-streamed-trailers',
      ],
      close: gateway.close,
    };
  });
}

describe('starting radosgw', () => {
  test('fails with one line where its packages cannot be put', async () => {
    const error = await startRadosgw({ cacheDirectory: '/dev/null/cache' }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^radosgw cannot be fetched .*ENOTDIR/);
    expect((error as Error).message).not.toContain('\n');
  });
});
