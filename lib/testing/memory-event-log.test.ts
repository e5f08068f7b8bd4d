import { eventLogConformance } from './event-log-conformance';
import { MemoryEventLog } from './memory-event-log';

eventLogConformance(async () => {
  const log = new MemoryEventLog();
  return {
    log,
    workspaceId: 'b7c1d1c6-6f0e-4a53-8a2e-6a4a5c2f3f10',
    newStream: async () => log.createStream(),
    closeHours: async (streamId, throughMs) => log.closeHours(streamId, throughMs),
    removeChunk: async (streamId, offset) => log.removeChunk(streamId, offset),
    replaceBody: async (streamId, offset, body) => log.replaceBody(streamId, offset, body),
    acceptedOf: async (streamId) => log.acceptedOf(streamId),
    close: async () => undefined,
  };
});
