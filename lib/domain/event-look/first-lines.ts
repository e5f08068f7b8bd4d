import { LOOK_LINES_MAX } from './limits';

const LINE_FEED = 0x0a;

interface FirstLines {
  /** The bytes of at most twenty lines, each with its line end where it has one. */
  readonly body: Uint8Array;
  readonly isCut: boolean;
}

/**
 * The first lines in the beginning of a file. A last line without its end is left out unless the file ends with it, or
 * nothing else is there.
 */
export function firstLines(unpacked: Uint8Array, isWhole: boolean): FirstLines {
  let end = 0;
  for (let count = 0; count < LOOK_LINES_MAX; count += 1) {
    const at = unpacked.indexOf(LINE_FEED, end);
    if (at === -1) {
      if (isWhole || end === 0) end = unpacked.length;
      break;
    }
    end = at + 1;
  }
  return { body: unpacked.subarray(0, end), isCut: !isWhole || end < unpacked.length };
}
