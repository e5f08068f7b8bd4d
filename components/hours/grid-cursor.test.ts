import { expect, test } from 'vitest';
import { moveInGrid } from './grid-cursor';

/** Two days of four hours; of the newest, which is first, only the first two have begun. */
const shape = {
  rows: 2,
  columns: 4,
  has: ({ row, column }: { row: number; column: number }) => row > 0 || column < 2,
};

test.each<[string, [number, number], [number, number]]>([
  ['ArrowRight', [1, 0], [1, 1]],
  ['ArrowLeft', [1, 1], [1, 0]],
  ['ArrowDown', [0, 1], [1, 1]],
  ['ArrowUp', [1, 1], [0, 1]],
  ['ArrowRight', [1, 3], [1, 3]],
  ['ArrowRight', [0, 1], [0, 1]],
  ['ArrowLeft', [0, 0], [0, 0]],
  ['ArrowUp', [0, 0], [0, 0]],
  ['ArrowUp', [1, 3], [1, 3]],
  ['Home', [1, 2], [1, 0]],
  ['End', [1, 2], [1, 3]],
  ['End', [0, 0], [0, 1]],
  ['Ctrl+Home', [1, 2], [0, 0]],
  ['Ctrl+End', [0, 0], [1, 3]],
])('%s leads from %j to %j', (name, [row, column], [toRow, toColumn]) => {
  const key = { key: name.replace('Ctrl+', ''), ctrlKey: name.startsWith('Ctrl+') };
  expect(moveInGrid({ row, column }, key, shape)).toEqual({ row: toRow, column: toColumn });
});

test('other keys lead nowhere', () => {
  expect(moveInGrid({ row: 0, column: 0 }, { key: 'Tab', ctrlKey: false }, shape)).toBeNull();
});
