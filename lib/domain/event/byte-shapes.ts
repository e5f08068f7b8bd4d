const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const UUID_LENGTH = 36;
/** Integers of so many digits are safe ones. */
const SAFE_DIGITS = 15;

/** 1 for the digits and a to f, 100 for every other byte. */
const HEX_COST = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66) ? 1 : 100,
);
const DASH_COST = 100;
const DASHES = 4;

/** 1 for the bytes of an event's name. */
const NAME_BYTES = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9_]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

// What follows takes values that are already known to be valid JSON, [start, end).

/** Whether a string is a name of at most `lengthMax` characters, without escapes. */
export function isPlainName(
  buffer: Buffer,
  value: { start: number; end: number },
  lengthMax: number,
): boolean {
  const { start, end } = value;
  if (buffer[start] !== QUOTE || end - start < 3 || end - start - 2 > lengthMax) return false;
  for (let pos = start + 1; pos < end - 1; pos += 1)
    if (NAME_BYTES[buffer[pos] as number] === 0) return false;
  return true;
}

/** Whether a string is a UUID in lower case, without escapes. */
export function isLowerUuid(buffer: Buffer, value: { start: number; end: number }): boolean {
  if (value.end - value.start !== UUID_LENGTH + 2 || buffer[value.start] !== QUOTE) return false;
  const first = value.start + 1;
  if (buffer[first + 8] !== MINUS || buffer[first + 13] !== MINUS) return false;
  if (buffer[first + 18] !== MINUS || buffer[first + 23] !== MINUS) return false;
  let cost = 0;
  for (let at = first; at < first + UUID_LENGTH; at += 1) cost += HEX_COST[buffer[at] as number] as number;
  return cost === DASHES * DASH_COST + UUID_LENGTH - DASHES;
}

/** Whether an array holds only integers of at most 15 digits, written as JSON.stringify writes them. */
export function holdsPlainIntegers(buffer: Buffer, array: { start: number; end: number }): boolean {
  let digits = 0;
  for (let pos = array.start + 1; pos < array.end - 1; pos += 1) {
    const byte = buffer[pos] as number;
    if (byte >= ZERO && byte <= NINE) {
      digits += 1;
      if (digits > SAFE_DIGITS) return false;
    } else if (byte === COMMA) digits = 0;
    // Behind a minus only "-0" is written differently.
    else if (byte !== MINUS || buffer[pos + 1] === ZERO) return false;
  }
  return true;
}

/** Whether every element of an array is a string. */
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
