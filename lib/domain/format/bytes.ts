const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const STEP = 1_000;

/** Bytes in decimal units, one decimal below ten: 812 B, 2.1 MB, 310 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (roundForUnit(value, unit) >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${roundForUnit(value, unit)} ${UNITS[unit]}`;
}

function roundForUnit(value: number, unit: number): number {
  const hasDecimal = unit > 0 && value < 9.95;
  return hasDecimal ? Math.round(value * 10) / 10 : Math.round(value);
}
