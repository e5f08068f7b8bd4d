import type { MarkerLedger } from '@/lib/services/hour/marker-ledger';
import type { CrashPoints } from '@/workers/delivery/crash-points';
import { afterSending } from '@/workers/runtime/after-sending';

/** The markers' ledger, with the points at which a statement has been sent and nobody knows what became of it. */
export function crashMarkersInFlight(markers: MarkerLedger, { reach }: CrashPoints): MarkerLedger {
  return {
    ...markers,
    decideMarkers: () => afterSending(markers.decideMarkers(), () => reach('marker_decide_sent')),
    endMarker: (id, end) => afterSending(markers.endMarker(id, end), () => reach('marker_end_sent')),
  };
}
