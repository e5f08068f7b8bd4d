const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const UUID_LENGTH = 36;

/** 1 for the digits and a to f, 0 for every other byte. */
const LOWER_HEX = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66) ? 1 : 0,
);

/** Whether a JSON string, [start, end) with its quotes, is a UUID in lower case without escapes. */
export function isLowerUuid(buffer: Buffer, start: number, end: number): boolean {
  if (end - start !== UUID_LENGTH + 2 || buffer[start] !== QUOTE) return false;
  for (let at = 0; at < UUID_LENGTH; at += 1) {
    const byte = buffer[start + 1 + at] as number;
    const isDash = at === 8 || at === 13 || at === 18 || at === 23;
    if (isDash ? byte !== MINUS : LOWER_HEX[byte] === 0) return false;
  }
  return true;
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
