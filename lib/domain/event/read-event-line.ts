import { EVENT_TIME_OFFSET } from './event-line';

/** How every line of `type=events` begins: `#` stands for a decimal digit, `?` for a hexadecimal one. */
const BEGINNING =
  '{"event_id":"????????-????-????-????-????????????","time":"####-##-##T##:##:##.###Z","name":"';
const TIME_LENGTH = '2026-01-15T14:00:00.000Z'.length;

const LITERAL = 0;
const DIGIT = 1;
const HEX_DIGIT = 2;
const NAME_SIGN = 4;

/** The classes to which each byte belongs. */
const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const sign = String.fromCharCode(byte);
  return (
    (/[0-9]/.test(sign) ? DIGIT : 0) |
    (/[0-9A-Fa-f]/.test(sign) ? HEX_DIGIT : 0) |
    (/[A-Za-z0-9_]/.test(sign) ? NAME_SIGN : 0)
  );
});
const BEGINNING_BYTES = Buffer.from(BEGINNING);
const BEGINNING_CLASSES = Uint8Array.from(BEGINNING_BYTES, (byte) =>
  byte === 0x23 ? DIGIT : byte === 0x3f ? HEX_DIGIT : LITERAL,
);
const BEHIND_NAME = Buffer.from('","workspace_id":"');

/** A line within a buffer of whole lines, without its line feed. */
export interface LinePlace {
  readonly start: number;
  readonly end: number;
}

/**
 * The name of an event line, null where it has none. A line that begins as `writeEventLine` writes it is read at the
 * known places; any other one is parsed. Throws SyntaxError when it is not JSON.
 */
export function readEventName(lines: Buffer, line: LinePlace): string | null {
  const nameEnd = findNameEnd(lines, line.start);
  if (nameEnd >= 0) return lines.toString('latin1', line.start + BEGINNING_BYTES.length, nameEnd);
  return textField(lines, line, 'name');
}

/** When an event line says that it was received, epoch ms; null where it does not say. Throws as `readEventName`. */
export function readEventTimeMs(lines: Buffer, line: LinePlace): number | null {
  const timeAt = line.start + EVENT_TIME_OFFSET;
  const time =
    findNameEnd(lines, line.start) >= 0
      ? lines.toString('latin1', timeAt, timeAt + TIME_LENGTH)
      : textField(lines, line, 'time');
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? null : ms;
}

/** Where the name ends; -1 where the line does not look as expected. A line feed fits nowhere, so it ends each look. */
function findNameEnd(lines: Buffer, start: number): number {
  for (let index = 0; index < BEGINNING_BYTES.length; index += 1) {
    const byte = lines[start + index] as number;
    const wanted = BEGINNING_CLASSES[index] as number;
    const fits = wanted === LITERAL ? byte === BEGINNING_BYTES[index] : classesOf(byte) & wanted;
    if (!fits) return -1;
  }
  let end = start + BEGINNING_BYTES.length;
  while (classesOf(lines[end]) & NAME_SIGN) end += 1;
  for (let index = 0; index < BEHIND_NAME.length; index += 1) {
    if (lines[end + index] !== BEHIND_NAME[index]) return -1;
  }
  return end;
}

function classesOf(byte: number | undefined): number {
  return byte === undefined ? 0 : (CLASSES[byte] as number);
}

function textField(lines: Buffer, { start, end }: LinePlace, field: 'name' | 'time'): string | null {
  const event: unknown = JSON.parse(lines.toString('utf8', start, end));
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return null;
  const value: unknown = Object.entries(event).find(([key]) => key === field)?.[1];
  return typeof value === 'string' ? value : null;
}
