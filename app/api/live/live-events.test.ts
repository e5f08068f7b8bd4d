import { expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import type { LiveMessage } from '@/lib/domain/live/pulse';
import { liveEvents } from './live-events';

const message = (revision: string): LiveMessage => ({ asOf: '2026-11-22T14:00:00Z', routings: [], revision });

function open(answers: Array<LiveMessage | Error>) {
  const gone = new AbortController();
  const warnings: unknown[] = [];
  const stream = liveEvents({
    first: message('first'),
    read: async () => {
      const answer = answers.shift();
      if (answer === undefined) throw new Error('nothing more');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    signal: gone.signal,
    logger: { warn: (...words: unknown[]) => void warnings.push(words) },
    wait: async () => {
      if (answers.length === 0) gone.abort();
    },
  });
  return { stream, warnings };
}

async function collect(stream: AsyncGenerator<string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of stream) lines.push(line);
  return lines;
}

test('sends the first message at once and one more each period, until the reader goes', async () => {
  const lines = await collect(open([message('second'), message('third')]).stream);
  expect(lines[0]).toMatch(/^retry: \d+\n\n$/);
  expect(lines.slice(1).map((line) => JSON.parse(line.replace('data: ', '')).revision)).toEqual([
    'first',
    'second',
    'third',
  ]);
});

test.each(['UNAUTHENTICATED', 'FORBIDDEN'] as const)('ends when reading is refused with %s', async (code) => {
  const lines = await collect(open([new AppError(code, 'No.'), message('never sent')]).stream);
  expect(lines.at(-1)).toBe('event: end\ndata: {}\n\n');
  expect(lines.join('')).not.toContain('never sent');
});

test('sends nothing while the database does not answer, and goes on afterwards', async () => {
  const { stream, warnings } = open([new Error('database away'), message('back')]);
  const lines = await collect(stream);
  expect(lines).toHaveLength(3);
  expect(lines[2]).toContain('back');
  expect(warnings).toHaveLength(1);
});
