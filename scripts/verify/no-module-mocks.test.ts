import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOMS = ['app', 'components', 'lib', 'workers', 'e2e', 'bench', 'dev', 'scripts', 'prisma'];
const MODULE_MOCK = /\bvi\s*\.\s*(mock|doMock|hoisted)\s*\(/;

function testFiles(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(test|spec)\.tsx?$/.test(file))
      .map((file) => join(room, file)),
  );
}

test('no test replaces a module: what a test needs to change is injected', () => {
  const files = testFiles();
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => MODULE_MOCK.test(readFileSync(file, 'utf8')))).toEqual([]);
});
