/** Greatest nesting of objects and arrays in one event, the event itself included. */
export const DEPTH_MAX = 64;
/** Size of `properties` as sent; 950 KB, with KB = 1,000 bytes. */
export const PROPERTIES_BYTES_MAX = 950_000;
/** Size of one event as sent: bounds a line, so that every chunk fits into one append. */
export const EVENT_BYTES_MAX = 1_048_576;
export const BATCH_EVENTS_MAX = 1_000;
export const EVENT_NAME_MAX = 255;
export const ALIASES_MAX = 100;
export const ALIAS_TAG_MAX = 255;
export const ALIAS_ID_MAX = 2_048;
export const SEGMENTS_MAX = 20_000;
