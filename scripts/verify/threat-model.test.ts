import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const DOCUMENT = 'docs/threat-model.md';
const HEADER = '| threat | what stops it | test |';
const NAMED_TEST = /^`([^`›]+?) › ([^`]+)`$/;

function rows(): string[][] {
  return readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && line !== HEADER && !line.startsWith('|---'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );
}

/** What is wrong with one `file › title`, or nothing. */
function complaint(named: string): string | undefined {
  const [, file, title] = NAMED_TEST.exec(named.trim()) ?? [];
  if (!file || !title) return `write it as \`file › title\`: ${named}`;
  if (!/\.(test|spec)\.tsx?$/.test(file) || !existsSync(file)) return `there is no test file ${file}`;
  const source = readFileSync(file, 'utf8').replaceAll(/\\(['"`])/g, '$1');
  return source.includes(title) ? undefined : `${file} has no test "${title}"`;
}

test('every threat names what stops it and a test that is really there', () => {
  const wrong = rows().flatMap(([threat, stop, tests, ...rest]) => {
    if (!threat || !stop || !tests || rest.length > 0) return [`three cells, please: ${threat}`];
    return tests.split('<br>').flatMap((named) => complaint(named) ?? []);
  });
  expect(wrong).toEqual([]);
});
