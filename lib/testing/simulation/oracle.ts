import { judgeBuckets } from './oracle-buckets';
import { judgeLanes } from './oracle-lanes';
import { judgeLog } from './oracle-log';
import type { ProducerRecord } from './producers';
import type { World } from './world-parts';

/** Everything that must be true once all has come to rest; throws `Violation` for the first thing that is not. */
export function judge(world: World, records: readonly ProducerRecord[]): void {
  const lines = judgeLog(world, records);
  const carried = judgeLanes(world, lines);
  judgeBuckets(world, carried);
}
