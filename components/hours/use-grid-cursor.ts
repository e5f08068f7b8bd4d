'use client';

import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { type CalendarDay, HOURS_OF_DAY } from './calendar-days';
import { type GridCell, moveInGrid } from './grid-cursor';

interface Given {
  readonly days: readonly CalendarDay[];
  readonly chosen: string | null;
  /** What the grid scrolls in. */
  readonly frame: RefObject<HTMLElement | null>;
}

/** The one cell that Tab reaches, and how keys move it: the chosen hour at first, else the newest. */
export function useGridCursor({ days, chosen, frame }: Given) {
  const [moved, setActive] = useState<GridCell | null>(null);
  const has = ({ row, column }: GridCell) => (days[row]?.cells[column] ?? null) !== null;
  const active = moved !== null && has(moved) ? moved : startCell(days, chosen);

  // The hour that matters may lie outside of the frame; the page itself must not move.
  useEffect(() => {
    const box = frame.current;
    const cell = box?.querySelector<HTMLElement>('a[tabindex="0"]')?.closest('td');
    if (!box || !cell) return;
    box.scrollLeft = cell.offsetLeft - box.clientWidth / 2;
    box.scrollTop = cell.offsetTop - box.clientHeight / 2;
  }, [frame]);

  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.metaKey) return;
    const next = moveInGrid(active, event, { rows: days.length, columns: HOURS_OF_DAY, has });
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    cellLink(event.currentTarget, next)?.focus();
  };
  return { active, walk, setActive };
}

function startCell(days: readonly CalendarDay[], chosen: string | null): GridCell {
  for (const [row, { cells }] of days.entries()) {
    const column = cells.findIndex((view) => view !== null && view.hour === chosen);
    if (column >= 0) return { row, column };
  }
  return { row: 0, column: days[0]?.cells.findLastIndex((view) => view !== null) ?? 0 };
}

function cellLink(grid: HTMLElement, { row, column }: GridCell): HTMLElement | null {
  return grid.querySelector(`tbody tr:nth-child(${row + 1}) td:nth-of-type(${column + 1}) a`);
}
