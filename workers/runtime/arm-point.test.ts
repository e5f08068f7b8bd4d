import { expect, test } from 'vitest';
import { z } from 'zod';
import { armPoint } from './arm-point';

const schema = z.enum(['before', 'after']);

test.each([
  { spec: 'after', acts: [[], ['SIGKILL'], ['SIGKILL']] },
  { spec: 'after:2', acts: [[], [], ['SIGKILL']] },
  { spec: 'after:1:SIGSTOP', acts: [[], ['SIGSTOP'], ['SIGSTOP']] },
])('$spec acts once, when that point is reached for that time', ({ spec, acts }) => {
  const done: string[] = [];
  const reach = armPoint(schema, spec, (signal) => done.push(signal));
  const seen = (['before', 'after', 'after'] as const).map((point) => {
    reach(point);
    return [...done];
  });
  expect(seen).toEqual(acts);
});

test.each(['nowhere', 'after:0', 'after:x', 'after:1:SIGTERM'])('%s is refused', (spec) => {
  expect(() => armPoint(schema, spec, () => undefined)).toThrow();
});
