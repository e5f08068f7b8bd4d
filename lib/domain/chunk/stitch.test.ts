import { expect, test } from 'vitest';
import { describeGzipFile } from './gzip-file';
import { Stitch } from './stitch';

const part = { rawBytes: 3, crcRaw: 1, bodyBytes: 4, crcBody: 2 };

test('a file with a missing body is never handed out', () => {
  const stitch = new Stitch(describeGzipFile([part, part]));
  stitch.add(Buffer.alloc(4));
  expect(() => stitch.finish()).toThrow('has all of its bodies');
});

test('a file takes no body beyond its length', () => {
  const stitch = new Stitch(describeGzipFile([part]));
  stitch.add(Buffer.alloc(4));
  expect(() => stitch.add(Buffer.alloc(11))).toThrow('no more than its bodies');
  stitch.add(Buffer.alloc(1));
  expect(() => stitch.finish()).toThrow('has all of its bodies');
});
