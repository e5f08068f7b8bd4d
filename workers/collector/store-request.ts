import type { DataType } from '@/lib/domain/data-type';
import type { EventLog, IdempotencyRow } from '@/lib/platform/event-log/event-log';
import { orOverloaded, outcomeUnknown, toCollectionError } from './collection-error';
import type { Gatherer } from './gatherer';
import { findFirstAnswer, type KeyedRequest, requireFirstAnswer, toIdempotencyRow } from './idempotency';
import type { Answer, Prepared, PreparedPart } from './prepared';
import { toTime, Unit } from './unit';

export interface StoreRequestDeps {
  readonly log: EventLog;
  readonly gatherer: Gatherer;
  /** The stream of the request's workspace. */
  readonly streamOf: (type: DataType) => Promise<number>;
}

export interface StorableRequest {
  readonly workspaceId: string;
  readonly prepared: Prepared;
  readonly keyed: KeyedRequest | null;
}

/**
 * Stores a request and returns its answer. The key row goes with the last part, after the others are on disk; each
 * of those has a row of its own, so that a retry stores only the parts that are missing.
 */
export async function storeRequest(deps: StoreRequestDeps, request: StorableRequest): Promise<Answer> {
  const earlier = request.prepared.parts.slice(0, -1);
  if (earlier.length === 0) return storeLastPart(deps, request, []);
  // Looked up before anything is stored: another body under this key must not leave a part behind.
  const parts = await Promise.all(
    earlier.map((part, index) => findPart(deps, request.keyed, { part, index })),
  );
  const stored = await Promise.allSettled(parts.map((part) => storeEarlierPart(deps, request, part)));
  const fragments = stored.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const reasons = stored.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  // One part of which nobody knows whether it is stored makes that true of the request.
  const doubt = reasons.find((reason) => toCollectionError(reason).code === 'outcome_unknown');
  if (reasons.length > 0)
    throw fragments.length === 0 && doubt === undefined ? reasons[0] : outcomeUnknown(doubt ?? reasons[0]);
  try {
    return await storeLastPart(deps, request, fragments);
  } catch (error) {
    throw outcomeUnknown(error);
  }
}

interface EarlierPart {
  readonly part: PreparedPart;
  readonly partKey: KeyedRequest | null;
  /** What the part added to the answer of an earlier try. */
  readonly known: Buffer | null;
}

async function findPart(
  deps: StoreRequestDeps,
  keyed: KeyedRequest | null,
  { part, index }: { part: PreparedPart; index: number },
): Promise<EarlierPart> {
  if (keyed === null) return { part, partKey: null, known: null };
  const partKey = { ...keyed, call: `${keyed.call}/part-${index}` };
  const answer = await findFirstAnswer(deps.log, partKey);
  return { part, partKey, known: answer?.body ?? null };
}

async function storeEarlierPart(
  deps: StoreRequestDeps,
  { workspaceId, prepared }: StorableRequest,
  { part, partKey, known }: EarlierPart,
): Promise<Buffer> {
  if (known !== null) return known;
  const fragment = (receivedAtMs: number) => part.fragment(toTime(receivedAtMs));
  const unit = new Unit({
    workspaceId,
    lines: await placeLines(deps, part),
    receivedAtMs: prepared.receivedAtMs,
    keyRow:
      partKey === null
        ? null
        : (ms) => toIdempotencyRow(partKey, { status: prepared.status, body: fragment(ms) }),
  });
  const outcome = await deps.gatherer.store(unit);
  if (outcome === 'key_exists' && partKey !== null) return (await requireFirstAnswer(deps.log, partKey)).body;
  return fragment(unit.timeMs);
}

async function storeLastPart(
  deps: StoreRequestDeps,
  { workspaceId, prepared, keyed }: StorableRequest,
  earlierFragments: readonly Buffer[],
): Promise<Answer> {
  const part = prepared.parts.at(-1);
  const { status } = prepared;
  const answer = (receivedAtMs: number) =>
    prepared.assemble([
      ...earlierFragments,
      ...(part === undefined ? [] : [part.fragment(toTime(receivedAtMs))]),
    ]);
  const lines = part === undefined ? [] : await placeLines(deps, part);
  if (lines.length === 0 && keyed === null)
    return { status, body: answer(prepared.receivedAtMs), isReplay: false };
  const keyRow =
    keyed === null
      ? null
      : (ms: number): IdempotencyRow => toIdempotencyRow(keyed, { status, body: answer(ms) });
  const unit = new Unit({ workspaceId, lines, receivedAtMs: prepared.receivedAtMs, keyRow });
  const outcome = await deps.gatherer.store(unit);
  if (outcome === 'key_exists' && keyed !== null) return requireFirstAnswer(deps.log, keyed);
  return { status, body: answer(unit.timeMs), isReplay: false };
}

function placeLines(deps: StoreRequestDeps, part: PreparedPart) {
  return Promise.all(
    part.lines.map(async ({ type, lines, timeOffset }) => ({
      streamId: await orOverloaded('The stream cannot be opened at the moment.', deps.streamOf(type)),
      lines,
      timeOffset,
    })),
  );
}
