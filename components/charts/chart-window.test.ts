import { expect, test } from 'vitest';
import { inWindow } from './chart-window';

const points = [10, 20, 30, 40].map((atMs) => ({ atMs }));

test('a window names its steps, wherever they stand after the range has moved on', () => {
  const window = { firstMs: 20, lastMs: 30 };
  expect(inWindow(points, window)).toEqual({ startIndex: 1, endIndex: 2 });
  expect(inWindow(points.slice(1), window)).toEqual({ startIndex: 0, endIndex: 1 });
});

test('a window that the range has left behind shows everything', () => {
  expect(inWindow(points, { firstMs: 1, lastMs: 5 })).toEqual({ startIndex: 0, endIndex: 3 });
  expect(inWindow(points, null)).toEqual({ startIndex: 0, endIndex: 3 });
});
