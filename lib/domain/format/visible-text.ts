/** Marks that turn the direction of text round, and signs without width: what is read is then not what is there. */
const DECEIVING = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** Whether a text holds marks that make it read otherwise than it is written. Joiners, which scripts need, are none. */
export function isDeceiving(text: string): boolean {
  return text.search(DECEIVING) !== -1;
}

/** One line without control characters and deceiving marks: a blank stands for each run of line ends and controls. */
export function oneVisibleLine(text: string): string {
  return text
    .replace(DECEIVING, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** The same text with everything invisible written out as \u202e, for data that is not ours. */
export function showInvisible(text: string): string {
  return text.replace(INVISIBLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
