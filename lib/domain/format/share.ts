/**
 * A share as "99.98 %", cut off and never rounded up: "100 %" means all of them. Two decimals from 99 % on, where they
 * decide, one below. Null where there was nothing to share.
 */
export function formatShare(part: number, whole: number): string | null {
  if (whole <= 0) return null;
  if (part >= whole) return '100 %';
  const percent = (part / whole) * 100;
  return percent >= 99 ? cutOff(percent, 2) : cutOff(percent, 1);
}

/** A part of something in whole percent, for prose: "84 %"; what is little but there is "under 1 %". */
export function formatRoughShare(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0 %';
  if (part >= whole) return '100 %';
  const percent = (part / whole) * 100;
  return percent < 1 ? 'under 1 %' : `${Math.min(99, Math.round(percent))} %`;
}

function cutOff(percent: number, decimals: number): string {
  const scale = 10 ** decimals;
  // The tiny push keeps 97.6 from becoming 97.5 for want of binary digits; it cannot reach the next step.
  return `${(Math.floor(percent * scale + 1e-9) / scale).toFixed(decimals)} %`;
}
