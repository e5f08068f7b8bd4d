import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { buildSnapshotChunks } from '@/lib/services/collection/build-snapshot-chunks';
import type { Collector, World } from './world-parts';

const APPENDS_MAX = 4;

/** Those who replace a workspace's segments: each time a whole snapshot, in one or two chunks, as one append. */
export class SegmentWriters {
  #snapshots = 0;

  constructor(private readonly world: World) {}

  write(atMs: number, workspaceId: string): void {
    const { scheduler, prng, coverage } = this.world;
    scheduler.at(atMs, 'segments are replaced', () => {
      if (this.world.collectors.length === 0) return;
      const collector = prng.pick(this.world.collectors);
      this.#snapshots += 1;
      const snapshot = this.#snapshots;
      this.#append(collector, workspaceId, snapshot).then(
        () => coverage.count('segments.stored'),
        // Stored or not: the snapshot lies in the log whole, or not at all.
        () => coverage.count('segments.failed'),
      );
    });
  }

  async #append(collector: Collector, workspaceId: string, snapshot: number): Promise<void> {
    const streamId = await collector.streamOf(workspaceId, 'segment');
    const runs = Array.from({ length: this.world.prng.between(1, 2) }, (_, run) => run);
    for (let appends = 0; appends < APPENDS_MAX; appends += 1) {
      const nowMs = collector.process.clock.nowMs();
      const chunks: NewChunk[] = [];
      for (const run of runs) {
        const [chunk] = await buildSnapshotChunks([segment(workspaceId, { snapshot, run })], {
          streamId,
          nowMs,
        });
        if (chunk !== undefined) chunks.push({ ...chunk, snapshotEnd: run === runs.length - 1 });
      }
      const result = await collector.log.append({ appendId: this.world.newId('s'), chunks, idempotency: [] });
      if (result.kind === 'stored') return;
    }
  }
}

function segment(workspaceId: string, { snapshot, run }: { snapshot: number; run: number }) {
  return {
    number: run,
    id: `segment-${snapshot}-${run}`,
    name: 'Loyal',
    description: null,
    tags: [],
    state: 'enabled' as const,
    workspace_id: workspaceId,
    created_at: '2026-01-01T00:00:00.000Z',
    last_updated_at: '2026-01-01T00:00:00.000Z',
  };
}
