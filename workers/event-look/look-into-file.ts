import { firstLines } from '@/lib/domain/event-look/first-lines';
import { LOOK_RANGE_BYTES, LOOK_UNPACKED_BYTES_MAX } from '@/lib/domain/event-look/limits';
import type { StartReader } from '@/lib/platform/object-store/start-reader';
import { unpackStart } from '@/lib/platform/object-store/unpack-start';
import type { RoleSessions } from '@/lib/platform/sts/role-sessions';
import type { ClaimedLook } from '@/lib/services/event-look/claim';
import type { LookAnswer } from '@/lib/services/event-look/settle';
import { openAccess } from '@/workers/delivery/open-access';

export type LookDeps = Parameters<typeof openAccess>[0] & {
  readonly reader: Pick<StartReader, 'read'>;
  readonly roles: Pick<RoleSessions, 'forget'>;
};

const READ_DEADLINE_MS = 15_000;

/** Reads the first lines of a file from the customer's bucket, by the grant that delivers into it. */
export async function lookIntoFile(deps: LookDeps, look: ClaimedLook): Promise<LookAnswer> {
  const access = await openAccess(deps, look);
  if (access.kind === 'error') return refused(access);
  const limits = { bytesMax: LOOK_RANGE_BYTES, deadlineMs: READ_DEADLINE_MS };
  const start = await deps.reader.read(look, access.value, limits);
  if (start.kind === 'error') {
    // The session may be what has ended: whoever looks again gets a new one.
    deps.roles.forget(access.value.credential);
    return refused(start);
  }
  const { bytes, isWhole } = start.value;
  try {
    const unpacked = await unpackStart(bytes, LOOK_UNPACKED_BYTES_MAX);
    return { kind: 'read', ...firstLines(unpacked.bytes, isWhole && unpacked.isWhole) };
  } catch {
    return refused({ code: 'NotGzip', message: 'What lies in the bucket under this key is no gzip file.' });
  }
}

function refused({ code, message }: { readonly code: string; readonly message: string }): LookAnswer {
  return { kind: 'refused', code, message };
}
