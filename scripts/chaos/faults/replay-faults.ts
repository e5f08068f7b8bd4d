import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { startReplay } from '@/lib/services/replay/start';
import type { Stage } from '@/scripts/chaos/stage/stage';
import { BUCKET } from '@/scripts/chaos/stage/stand-in';
import { type ChaosRouting, staying } from '@/scripts/chaos/stage/tenants';
import type { FaultKind } from './fault';

const HOUR_MS = 3_600_000;
const REMOVED_MAX = 3;

const DELIVERED = `SELECT f.key FROM file f JOIN cut c ON c.id = f.cut_id
  WHERE f.routing_id = $1 AND f.state = 'delivered' AND c.state = 'committed' ORDER BY f.id`;

/** The customer removes some of what was delivered, and has it filled in again. */
const removeAndFill: FaultKind = {
  name: 'remove-and-fill',
  plan: (stage, random) => {
    const routing = random.pick(staying(stage));
    const places = Array.from({ length: random.int(1, REMOVED_MAX) }, () => random.next());
    return {
      target: `replay of ${routing.name}`,
      detail: `${routing.name}, ${places.length} files`,
      run: async () => {
        const { rows } = await stage.sql.query<{ key: string }>(DELIVERED, [routing.routingId]);
        for (const place of places) {
          const key = rows[Math.floor(place * rows.length)]?.key;
          if (key !== undefined)
            await stage.standIn.whileUp(() =>
              stage.reader.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key })),
            );
        }
        await replay(stage, routing, 'fill');
      },
    };
  },
};

/** Everything of a routing is written once more, into a folder beside. */
const copyBeside: FaultKind = {
  name: 'copy-beside',
  plan: (stage, random) => {
    const routing = random.pick(staying(stage));
    return {
      target: `replay of ${routing.name}`,
      detail: routing.name,
      run: () => replay(stage, routing, 'copy'),
    };
  },
};

/** Starts a replay of all that the run has delivered; refused while another one of the routing runs. */
export async function replay(
  { ctx }: Stage,
  { routingId, dataTypes }: ChaosRouting,
  mode: 'fill' | 'copy',
): Promise<void> {
  const hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const [from = '', to = ''] = [hourMs - 2 * HOUR_MS, hourMs + HOUR_MS].map((ms) =>
    new Date(ms).toISOString(),
  );
  await startReplay({ ctx, input: { routingId, types: [...dataTypes], mode, from, to } });
}

export const REPLAY_FAULTS: readonly FaultKind[] = [removeAndFill, copyBeside];
