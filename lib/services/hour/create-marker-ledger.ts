import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import { claimMarker } from './claim-marker';
import { decideMarkers } from './decide-markers';
import { endMarker } from './end-marker';
import type { MarkerLedger } from './marker-ledger';

/** The hour markers in Postgres. */
export function createMarkerLedger(sql: Sql, logger: Logger): MarkerLedger {
  return {
    decideMarkers: () => decideMarkers(sql, logger),
    claimMarker: (deadlineMs) => claimMarker(sql, deadlineMs),
    endMarker: (id, end) => endMarker(sql, id, end),
  };
}
