import { revokeAfterDelivery } from '@/dev/demo-traffic/revoke-after-delivery';
import { startDemoTraffic } from '@/dev/demo-traffic/start';
import { CUSTOMER_BUCKETS } from '@/prisma/seed-customers';
import type { Instance } from '@/scripts/instance/start-instance';

export interface Demo {
  stop(): Promise<void>;
}

/** What happens at the demo's customers while it runs: their traffic, and the key that Borealis takes away. */
export function startDemo(instance: Instance): Demo {
  const { collectorUrl, databaseUrl, secrets, objectStore } = instance;
  const traffic = startDemoTraffic({
    collectorUrl,
    sites: [
      {
        serverKey: secrets.serverKey,
        domain: 'www.aurora.example',
        eventsPerSecond: 20,
        isWhole: true,
      },
      {
        serverKey: secrets.borealis.serverKey,
        domain: 'www.borealis.example',
        eventsPerSecond: 5,
        isWhole: false,
      },
    ],
  });
  const stopping = new AbortController();
  const revoked = revokeAfterDelivery({
    databaseUrl,
    bucket: CUSTOMER_BUCKETS.borealis,
    endpoint: objectStore.endpoint,
    controlToken: secrets.objectStore.controlToken,
    accessKeyId: secrets.borealis.accessKeyId,
    signal: stopping.signal,
  }).catch((error: unknown) => console.error('Borealis keeps its access key:', error));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([traffic.stop(), revoked]);
    },
  };
}
