import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const CONSOLE = join('app', '(console)');
const ASKS = /await (?:requireCtx|ctxNow)\(/;

test('every page and route of the console finds out who asks, itself: a layout is not rendered for every request', () => {
  const files = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?:^|\/)(?:page\.tsx|route\.ts)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(8);
  const silent = files.filter((file) => !ASKS.test(readFileSync(join(CONSOLE, file), 'utf8')));
  expect(silent).toEqual([]);
});
