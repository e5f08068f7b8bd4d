import type { ProbeLedger } from '@/lib/services/probe/probe-ledger';
import type { CrashPoints } from '@/workers/delivery/crash-points';
import { afterSending } from '@/workers/runtime/after-sending';

/** The probes' ledger, with the point at which a probe's end has been sent and nobody knows what became of it. */
export function crashProbesInFlight(probes: ProbeLedger, { reach }: CrashPoints): ProbeLedger {
  return {
    ...probes,
    record: (probe, ended) => afterSending(probes.record(probe, ended), () => reach('probe_record_sent')),
  };
}
