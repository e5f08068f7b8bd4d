/** A link ends after so long, whoever it was passed on to. */
export const LINK_LIFE_DAYS = 7;
/** So many different access key ids and roles may be entered through a link and those it was passed on to. */
export const LINK_ACCESSES_MAX = 3;
/** So many checks may be asked for through a link and those it was passed on to, in an hour. */
export const LINK_CHECKS_PER_HOUR = 20;
/** So many links may come of one by passing it on. */
export const LINK_PASSED_ON_MAX = 10;
