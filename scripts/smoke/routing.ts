import { z } from 'zod';
import type { Instance } from '@/scripts/instance/start-instance';
import { waitFor } from '@/scripts/instance/wait-for';
import type { Api } from './api';

const FLUSH_INTERVAL_MS = 5_000;
const PREFIX = 'smoke/';
const STATE_DEADLINE_MS = 30_000;

const named = z.object({ id: z.string() });
const created = {
  organization: z.object({ organization: named }),
  workspace: z.object({ workspace: named }),
  key: z.object({ key: z.string() }),
  routing: z.object({ routing: named }),
};
const routingState = z.object({ routing: z.object({ lifecycle: z.string(), pendingRows: z.number() }) });
const filesPage = z.object({
  files: z.array(z.object({ key: z.string(), deliveredAt: z.string().nullable() })),
  nextCursor: z.string().nullable(),
});

export interface SmokeRouting {
  readonly serverKey: string;
  readonly prefix: string;
  start(): Promise<void>;
  pauseAndResume(): Promise<void>;
  /** Rows accepted and not yet delivered. */
  pendingRows(): Promise<number>;
  /** When each file became visible, epoch ms by key. */
  deliveredAt(): Promise<Map<string, number>>;
}

/** An organization, a workspace, a key and a routing of the test's own, made through /api/v1. */
export async function createSmokeRouting(api: Api, instance: Instance): Promise<SmokeRouting> {
  const { organization } = created.organization.parse(await api.post('/organizations', { name: 'Smoke' }));
  const { workspace } = created.workspace.parse(
    await api.post('/workspaces', { organizationId: organization.id, name: 'Smoke' }),
  );
  const { key } = created.key.parse(
    await api.post('/api-keys', { workspaceId: workspace.id, kind: 'server', name: 'Smoke' }),
  );
  const { routing } = created.routing.parse(
    await api.post('/routings', {
      organizationId: organization.id,
      workspaceId: workspace.id,
      name: 'Smoke',
      ...instance.objectStore,
      prefix: PREFIX,
      ...{
        accessKeyId: instance.secrets.objectStore.accessKeyId,
        secretAccessKey: instance.secrets.objectStore.secretAccessKey,
      },
      kmsKeyArn: '',
      dataTypes: ['events'],
      promiseSeconds: 60,
      flushIntervalMs: FLUSH_INTERVAL_MS,
    }),
  );
  const path = `/routings/${routing.id}`;
  const state = async () => routingState.parse(await api.get(path)).routing;
  return {
    serverKey: key,
    prefix: PREFIX,
    start: async () => {
      const isChecked = async () => (await state()).lifecycle === 'verified';
      await waitFor('the access check to pass', isChecked, STATE_DEADLINE_MS);
      await api.post(`${path}/start`);
    },
    pauseAndResume: async () => {
      await api.post(`${path}/pause`);
      await waitFor(
        'the routing to be paused',
        async () => (await state()).lifecycle === 'paused',
        STATE_DEADLINE_MS,
      );
      await api.post(`${path}/resume`);
    },
    pendingRows: async () => (await state()).pendingRows,
    deliveredAt: () => readDeliveredAt(api, path),
  };
}

async function readDeliveredAt(api: Api, path: string): Promise<Map<string, number>> {
  const at = new Map<string, number>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: z.infer<typeof filesPage> = filesPage.parse(
      await api.get(`${path}/files${cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`}`),
    );
    for (const file of page.files)
      if (file.deliveredAt !== null) at.set(file.key, Date.parse(file.deliveredAt));
    cursor = page.nextCursor;
  }
  return at;
}
