import { expect, test } from 'vitest';
import { auditCsv, auditNdjson } from './csv';
import type { AuditView } from './view';

const event: AuditView = {
  id: '7',
  at: '2026-11-22T10:00:00.000Z',
  actor: '=HYPERLINK("https://evil.example")',
  action: 'workspace.create',
  sentence: 'created the workspace “+1”',
  organization: { id: 'o1', name: '@Aurora' },
  target: 'workspace:w1',
  detail: { name: '-2+3, "x"' },
  seq: 3,
  hash: 'ab',
};

test('no cell that people can write starts a formula, and the details stay one cell of JSON', () => {
  const [, row = ''] = auditCsv([event], false).split('\r\n');
  expect(row).toContain(`,"'=HYPERLINK(""https://evil.example"")",`);
  expect(row).toContain(`,'@Aurora,`);
  expect(row.endsWith(`"{""name"":""-2+3, \\""x\\""""}",3,ab`)).toBe(true);
});

test('an export that is cut says so in its last line', () => {
  expect(auditCsv([event], false)).not.toContain('Narrow the filter');
  expect(auditCsv([event], true).trimEnd().split('\r\n').at(-1)).toContain('Narrow the filter');
});

test('an export for programs is a document per line, and says when it is cut', () => {
  const lines = (isCut: boolean) =>
    auditNdjson([event, event], isCut)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  expect(lines(false)).toEqual([event, event]);
  expect(lines(true)[2].note).toContain('Narrow the filter');
});
