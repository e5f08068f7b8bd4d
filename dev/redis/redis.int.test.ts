import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { startRedis } from './start';

describe('starting Redis', () => {
  test.runIf(process.env.SLUICE_TEST_TIER2 === '1')(
    'gives a server behind a password, which comes back empty at the same address',
    async () => {
      const server = await startRedis();
      const redis = new Redis(server.url, { retryStrategy: () => 50 });
      redis.on('error', () => undefined);
      await redis.set('key', 'value');
      await server.kill();
      await server.restart();
      expect(await redis.get('key')).toBeNull();
      const stranger = new Redis(server.url.replace(/:[^:@]+@/, ':wrong@'), {
        retryStrategy: null,
        lazyConnect: true,
      });
      stranger.on('error', () => undefined);
      await expect(stranger.connect().then(() => stranger.ping())).rejects.toThrow();
      stranger.disconnect();
      redis.disconnect();
      await server.close();
    },
  );
});
