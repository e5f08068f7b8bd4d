import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listPlaywrightFailures, listVitestFailures } from './list-failures';

function reportOf(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('each failed test of Vitest is named with its file and the beginning of why', () => {
  const red = '\u001B[31m';
  const report = reportOf({
    testResults: [
      {
        name: join(process.cwd(), 'lib/a.test.ts'),
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'goes well', failureMessages: [] },
          { status: 'failed', fullName: 'goes wrong', failureMessages: [`${red}expected 1\n\nto be 2`] },
        ],
      },
      {
        name: join(process.cwd(), 'lib/b.test.ts'),
        status: 'failed',
        message: 'no such module',
        assertionResults: [],
      },
      { name: join(process.cwd(), 'lib/c.test.ts'), status: 'passed', assertionResults: [] },
    ],
  });
  expect(listVitestFailures(report)).toEqual([
    { file: 'lib/a.test.ts', title: 'goes wrong', why: 'expected 1\nto be 2' },
    { file: 'lib/b.test.ts', title: '(the whole file)', why: 'no such module' },
  ]);
});

test('each failed test of Playwright is named, however deep its suite', () => {
  const spec = (title: string, ok: boolean, message?: string) => ({
    title,
    file: 'e2e/a.spec.ts',
    ok,
    tests: [{ results: [message === undefined ? {} : { error: { message } }] }],
  });
  const report = reportOf({
    suites: [
      { specs: [spec('well', true)], suites: [{ specs: [spec('wrong', false, 'Error: two elements')] }] },
    ],
  });
  expect(listPlaywrightFailures(report)).toEqual([
    { file: 'e2e/a.spec.ts', title: 'wrong', why: 'Error: two elements' },
  ]);
});

test('a run that left no report lists nothing: it counts as a failure of its own', () => {
  expect([listVitestFailures('none.json'), listPlaywrightFailures('none.json')]).toEqual([[], []]);
});
