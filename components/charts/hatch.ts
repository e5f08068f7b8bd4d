/** 45° hatches as backgrounds, faint enough to carry a word. */
export const HATCH = {
  info: 'bg-[repeating-linear-gradient(45deg,color-mix(in_srgb,var(--info)_45%,transparent)_0_1.5px,transparent_1.5px_7px)]',
  bad: 'bg-[repeating-linear-gradient(45deg,color-mix(in_srgb,var(--bad)_45%,transparent)_0_1.5px,transparent_1.5px_7px)]',
  neutral: 'bg-[repeating-linear-gradient(45deg,var(--neutral)_0_1.5px,transparent_1.5px_4px)]',
} as const;
