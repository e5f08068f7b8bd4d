/** So much of a file is read from the bucket. */
export const LOOK_RANGE_BYTES = 64 * 1_024;
/** So much of it is unpacked, whatever it claims to hold. */
export const LOOK_UNPACKED_BYTES_MAX = 256 * 1_024;
export const LOOK_LINES_MAX = 20;
/** What was read can be seen so long; the row goes within half a minute more, and so within five minutes of the question. */
export const LOOK_LIFE_SECONDS = 240;
/** So often may one person look within a window. */
export const LOOKS_PER_WINDOW = 30;
export const LOOK_WINDOW_SECONDS = 300;
