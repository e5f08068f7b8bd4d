const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const UUID_LENGTH = 36;

/** 1 for the digits and a to f, 100 for every other byte. */
const HEX_COST = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66) ? 1 : 100,
);
const DASH_COST = 100;
const DASHES = 4;

/** Whether a JSON string, [start, end) with its quotes, is a UUID in lower case without escapes. */
export function isLowerUuid(buffer: Buffer, start: number, end: number): boolean {
  if (end - start !== UUID_LENGTH + 2 || buffer[start] !== QUOTE) return false;
  const first = start + 1;
  if (buffer[first + 8] !== MINUS || buffer[first + 13] !== MINUS) return false;
  if (buffer[first + 18] !== MINUS || buffer[first + 23] !== MINUS) return false;
  let cost = 0;
  for (let at = first; at < first + UUID_LENGTH; at += 1) cost += HEX_COST[buffer[at] as number] as number;
  return cost === DASHES * DASH_COST + UUID_LENGTH - DASHES;
}

/** Whether every element of a JSON array, already known to be valid JSON, is a string. */
export function holdsOnlyStrings(buffer: Buffer, array: { start: number; end: number }): boolean {
  let inString = false;
  for (let pos = array.start + 1; pos < array.end - 1; pos += 1) {
    const byte = buffer[pos] as number;
    if (inString) {
      if (byte === BACKSLASH) pos += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte > SPACE && byte !== COMMA) return false;
  }
  return true;
}
