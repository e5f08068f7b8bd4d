import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMutations } from './read-mutations';

test.each(readMutations())(
  'the mutation $name still fits the code and names tests that exist',
  ({ patch, tests }) => {
    expect(tests.filter((file) => !existsSync(file))).toEqual([]);
    expect(() => execFileSync('git', ['apply', '--check', patch], { stdio: 'pipe' })).not.toThrow();
  },
);
