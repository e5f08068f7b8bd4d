interface PromisePreset {
  readonly id: string;
  readonly promiseSeconds: number;
  readonly flushIntervalMs: number;
  readonly label: string;
  readonly detail: string;
}

export const OWN_PROMISE = 'own';

export const PROMISE_PRESETS: readonly PromisePreset[] = [
  {
    id: '5-minutes',
    promiseSeconds: 300,
    flushIntervalMs: 60_000,
    label: '5 minutes',
    detail: 'a file about every 60 s',
  },
  {
    id: '1-minute',
    promiseSeconds: 60,
    flushIntervalMs: 15_000,
    label: '1 minute',
    detail: 'a file about every 15 s',
  },
  {
    id: '15-minutes',
    promiseSeconds: 900,
    flushIntervalMs: 300_000,
    label: '15 minutes',
    detail: 'a file about every 5 min',
  },
];

/** The preset with exactly these values, or `own`. */
export function presetOf(promiseSeconds: number, flushIntervalMs: number): string {
  const preset = PROMISE_PRESETS.find(
    (each) => each.promiseSeconds === promiseSeconds && each.flushIntervalMs === flushIntervalMs,
  );
  return preset?.id ?? OWN_PROMISE;
}
