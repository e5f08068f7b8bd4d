/** A cell of a grid, counted from 0. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

interface GridKey {
  readonly key: string;
  readonly ctrlKey: boolean;
}

interface GridShape {
  readonly rows: number;
  readonly columns: number;
  /** Whether something stands there: other cells are stepped over. */
  readonly has: (cell: GridCell) => boolean;
}

const STEPS: Readonly<Record<string, GridCell>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/**
 * Where a key leads in a grid, as the ARIA grid pattern has it: arrows go on by one cell and stop at the edge, Home and
 * End go to the ends of the row, with Ctrl to those of the grid. Null for any other key.
 */
export function moveInGrid(from: GridCell, { key, ctrlKey }: GridKey, shape: GridShape): GridCell | null {
  const step = STEPS[key];
  if (step !== undefined) return nextCell(from, step, shape) ?? from;
  if (key !== 'Home' && key !== 'End') return null;
  const forward = key === 'Home';
  const cells = ctrlKey ? allCells(shape) : rowCells(from.row, shape);
  return (forward ? cells : cells.reverse()).find(shape.has) ?? from;
}

function nextCell(from: GridCell, step: GridCell, { rows, columns, has }: GridShape): GridCell | null {
  const isInside = ({ row, column }: GridCell) => row >= 0 && row < rows && column >= 0 && column < columns;
  let cell = { row: from.row + step.row, column: from.column + step.column };
  while (isInside(cell)) {
    if (has(cell)) return cell;
    cell = { row: cell.row + step.row, column: cell.column + step.column };
  }
  return null;
}

function rowCells(row: number, { columns }: GridShape): GridCell[] {
  return Array.from({ length: columns }, (_, column) => ({ row, column }));
}

function allCells(shape: GridShape): GridCell[] {
  return Array.from({ length: shape.rows }, (_, row) => rowCells(row, shape)).flat();
}
