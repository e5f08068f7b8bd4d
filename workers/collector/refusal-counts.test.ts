import { expect, test } from 'vitest';
import { describeFault } from '@/lib/domain/event/fault';
import { ManualClock } from '@/lib/platform/clock';
import type { RejectedCount } from '@/lib/services/collection/add-rejected-events';
import { CollectionError, invalidParameters, outcomeUnknown, overloaded } from './collection-error';
import { RefusalCounts } from './refusal-counts';

const HOUR_MS = 1_768_485_600_000;
const owner = { organizationId: 'o1', workspaceId: 'w1' };

async function drain(counts: RefusalCounts): Promise<RejectedCount[]> {
  const flushed: RejectedCount[] = [];
  await counts.flush(async (given) => {
    flushed.push(...given);
  });
  return flushed;
}

test('the same reason of the same hour is one count, of the next hour another', async () => {
  const clock = new ManualClock(HOUR_MS + 3_599_000);
  const counts = new RefusalCounts(clock);
  counts.countEvents(owner, new Map([['a', 2]]));
  counts.countEvents(owner, new Map([['a', 3]]));
  clock.advance(1_000);
  counts.countEvents(owner, new Map([['a', 1]]));
  expect((await drain(counts)).map(({ hourMs, events }) => [hourMs, events])).toEqual([
    [HOUR_MS, 5],
    [HOUR_MS + 3_600_000, 1],
  ]);
  expect(await drain(counts)).toEqual([]);
});

test('reasons are of the closed list, whatever place in the body they name', async () => {
  const counts = new RefusalCounts(new ManualClock(HOUR_MS));
  const refuse = (refusal: CollectionError) => counts.countRequest(owner, { refusal, call: 'identify' });
  refuse(invalidParameters(`line 7: ${describeFault('name')}`));
  refuse(invalidParameters('aliases.93.tag: <script>'));
  refuse(new CollectionError(429, 'quota_exceeded', { message: 'Too much.' }));
  expect((await drain(counts)).map(({ code, reason }) => [code, reason])).toEqual([
    [1000, describeFault('name')],
    [1000, 'The body of a call to identify is not valid.'],
    [429, 'Too much.'],
  ]);
});

test('what may be stored, and what is being answered elsewhere, is no refusal; overload is', async () => {
  const counts = new RefusalCounts(new ManualClock(HOUR_MS));
  const inFlight = new CollectionError(409, 'key_in_flight', { message: 'Wait.' });
  const broken = new CollectionError(500, 5000, { message: 'Ours.' });
  for (const refusal of [outcomeUnknown(null), inFlight, broken, overloaded('Full.')])
    counts.countRequest(owner, { refusal, call: 'events' });
  expect((await drain(counts)).map(({ code }) => code)).toEqual([503]);
});

test('a flush that fails loses nothing and counts nothing twice', async () => {
  const counts = new RefusalCounts(new ManualClock(HOUR_MS));
  counts.countEvents(owner, new Map([['a', 2]]));
  const failing = counts.flush(async () => {
    counts.countEvents(owner, new Map([['a', 5]]));
    throw new Error('no database');
  });
  await expect(failing).rejects.toThrow('no database');
  expect((await drain(counts)).map(({ events }) => events)).toEqual([7]);
});
