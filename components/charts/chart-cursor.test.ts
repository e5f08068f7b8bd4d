import { describe, expect, it } from 'vitest';
import { CURSOR_SERIES, moveCursor, NO_CURSOR } from './chart-cursor';

const steps = [10, 20, 30];
const at = (atMs: number | null) => ({ ...NO_CURSOR, atMs });

describe('moveCursor', () => {
  it.each([
    [null, 'ArrowLeft', 30],
    [null, 'ArrowRight', 30],
    [20, 'ArrowLeft', 10],
    [20, 'ArrowRight', 30],
    [10, 'ArrowLeft', 10],
    [30, 'ArrowRight', 30],
    [20, 'Home', 10],
    [20, 'End', 30],
    [999, 'ArrowLeft', 30],
  ])('from %s, %s leads to %d', (from, key, to) => {
    expect(moveCursor(at(from), key, steps)).toMatchObject({ atMs: to, isByKey: true });
  });

  it('goes through every series with the arrow down, and back', () => {
    let cursor = at(20);
    const seen = CURSOR_SERIES.map(() => {
      cursor = moveCursor(cursor, 'ArrowDown', steps) ?? cursor;
      return cursor.series;
    });
    expect(new Set(seen)).toEqual(new Set(CURSOR_SERIES));
    expect(cursor).toMatchObject({ series: 'p99', atMs: 20 });
    expect(moveCursor(cursor, 'ArrowUp', steps)?.series).toBe(CURSOR_SERIES.at(-1));
  });

  it('leaves alone the keys that are not its own, and an empty chart', () => {
    expect(moveCursor(at(20), 'Tab', steps)).toBeNull();
    expect(moveCursor(at(null), 'Escape', steps)).toBeNull();
    expect(moveCursor(at(null), 'ArrowLeft', [])).toBeNull();
  });

  it('is taken away by Escape', () => {
    expect(moveCursor(at(20), 'Escape', steps)?.atMs).toBeNull();
  });
});
