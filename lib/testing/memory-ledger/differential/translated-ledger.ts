import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { AttemptEnd, ClaimedLane, DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { IdTable } from './id-table';

/** The ledger in Postgres, spoken to in the ids of the one in memory. */
export function translateLedger(postgres: DeliveryLedger, ids: IdTable): DeliveryLedger {
  const laneId = (id: number) => ids.toPostgres('lane', id);
  const attemptId = (id: number | null) => (id === null ? null : ids.toPostgres('attempt', id));
  const lane = (claimed: ClaimedLane): ClaimedLane => ({
    ...claimed,
    laneId: laneId(claimed.laneId),
    routingId: ids.routing(claimed.routingId),
    streamId: ids.toPostgres('stream', claimed.streamId),
  });
  const file = <File extends SealedFile>(sealed: File): File => ({
    ...sealed,
    routingId: ids.routing(sealed.routingId),
    streamId: ids.toPostgres('stream', sealed.streamId),
  });
  const fromPostgres = <File extends SealedFile>(sealed: File): File => ({
    ...sealed,
    routingId: ids.routing(sealed.routingId),
    streamId: ids.toMemory('stream', sealed.streamId),
  });
  const end = (given: AttemptEnd): AttemptEnd => ({
    ...given,
    attemptId: ids.toPostgres('attempt', given.attemptId),
  });
  return {
    claimLane: async (job, leaseMs) => {
      const claimed = await postgres.claimLane({ ...job, laneId: laneId(job.laneId) }, leaseMs);
      if (claimed === null) return null;
      const [routingId, streamId] = [
        ids.routing(claimed.routingId),
        ids.toMemory('stream', claimed.streamId),
      ];
      return { ...claimed, laneId: ids.toMemory('lane', claimed.laneId), routingId, streamId };
    },
    renewLease: (id, leaseMs) => postgres.renewLease(laneId(id), leaseMs),
    releaseLane: (id, notBeforeMs) => postgres.releaseLane(laneId(id), notBeforeMs),
    holdLane: (held, cause) => postgres.holdLane({ ...held, laneId: laneId(held.laneId) }, cause),
    readOpenCut: async (id) => {
      const cut = await postgres.readOpenCut(laneId(id));
      if (cut === null) return null;
      return { ...cut, cutId: ids.toMemory('cut', cut.cutId), openFiles: cut.openFiles.map(fromPostgres) };
    },
    sealCut: async (request) => {
      const sealed = await postgres.sealCut({ ...request, lane: lane(request.lane) });
      if (sealed === null) return null;
      await ids.refresh();
      const attempt = sealed.attemptId === null ? null : ids.toMemory('attempt', sealed.attemptId);
      return { cutId: ids.toMemory('cut', sealed.cutId), attemptId: attempt };
    },
    releaseCut: ({ cut, ...request }) =>
      postgres.releaseCut({
        ...request,
        lane: lane(request.lane),
        cut: { ...cut, cutId: ids.toPostgres('cut', cut.cutId) },
      }),
    resealCut: ({ cut, ...request }) =>
      postgres.resealCut({
        ...request,
        lane: { ...request.lane, laneId: laneId(request.lane.laneId) },
        cut: { ...cut, cutId: ids.toPostgres('cut', cut.cutId) },
      }),
    markAttempt: async (mark) => {
      const given = { ...mark, file: file(mark.file), attemptId: attemptId(mark.attemptId) };
      const id = await postgres.markAttempt(given);
      if (id === null) return null;
      await ids.refresh();
      return ids.toMemory('attempt', id);
    },
    readPlaceAccess: (place) =>
      postgres.readPlaceAccess({ ...place, routingId: ids.routing(place.routingId) }),
    finishFile: (sealed, object, given) => postgres.finishFile(file(sealed), object, end(given)),
    endAttempt: (given) => postgres.endAttempt(end(given)),
    failFile: (failure) =>
      postgres.failFile({
        ...failure,
        file: file(failure.file),
        end: failure.end === null ? null : end(failure.end),
      }),
    failLane: (failure) =>
      postgres.failLane({
        ...failure,
        lane: { ...failure.lane, laneId: laneId(failure.lane.laneId) },
        attemptIds: [...failure.attemptIds].map((id) => ids.toPostgres('attempt', id)),
      }),
    readCutTimes: (cutId) => postgres.readCutTimes(ids.toPostgres('cut', cutId)),
    commitCut: (cutId, figures) => postgres.commitCut(ids.toPostgres('cut', cutId), figures),
    recordHealth: (routingId, news, workerId) =>
      postgres.recordHealth(
        ids.routing(routingId),
        news.kind === 'delivered' ? { ...news, laneId: laneId(news.laneId) } : news,
        workerId,
      ),
  };
}
