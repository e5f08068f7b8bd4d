/** For how many whole days the log keeps a chunk, delivered or not. */
export const RETENTION_DAYS = 7;
