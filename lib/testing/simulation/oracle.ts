import { judgeReplays } from './oracle-beside';
import { judgeBuckets } from './oracle-buckets';
import { judgeLanes } from './oracle-lanes';
import { judgeLog } from './oracle-log';
import { judgeMarkers } from './oracle-markers';
import type { ProducerRecord } from './producers';
import type { World } from './world-parts';

export interface Evidence {
  readonly records: readonly ProducerRecord[];
  /** The replay by which a person had everything of a routing written again; null where nothing can be. */
  readonly fills: ReadonlyMap<string, string | null>;
}

/** Everything that must be true once all has come to rest; throws `Violation` for the first thing that is not. */
export function judge(world: World, { records, fills }: Evidence): void {
  const lines = judgeLog(world, records);
  const carried = judgeLanes(world, lines);
  judgeBuckets(world, carried, fills);
  judgeReplays(world);
  judgeMarkers(world);
}
