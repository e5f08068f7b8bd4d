export const SHARE_LIFE_DAYS_MAX = 7;
/** So many links of one routing may work at once. */
export const SHARE_LINKS_MAX = 20;
/** So often may a page be read through one link in a minute, by all who have it. */
export const SHARE_READS_PER_MINUTE = 120;
/** So often may one network address try tokens, in so long. */
export const SHARE_TRIES_PER_WINDOW = 60;
export const SHARE_WINDOW_SECONDS = 900;
