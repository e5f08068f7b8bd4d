import { runSeed } from './run-seed';

const LAST_STEPS = 60;

/** Runs a failing seed once more and tells how it came to that: the rule, the last steps, and those about its subject. */
export async function tellViolation(seed: number): Promise<string> {
  const steps: string[] = [];
  let startMs = 0;
  const result = await runSeed({
    seed,
    tell: (atMs, text) => {
      if (steps.length === 0) startMs = atMs;
      steps.push(`${((atMs - startMs) / 1_000).toFixed(3).padStart(9)} s  ${text}`);
    },
  });
  if (result.violation === null)
    return `seed ${seed}: every rule held (${result.steps} steps, ${result.hash})`;
  const { detail, about } = result.violation;
  const ofSubject = steps.filter((step) => about.some((word) => step.includes(word)));
  return [
    `seed ${seed}: ${detail}`,
    ...(ofSubject.length === 0 ? [] : [`steps about ${about.join(', ')}:`, ...ofSubject.slice(-LAST_STEPS)]),
    'last steps:',
    ...steps.slice(-LAST_STEPS),
    `again: npm run simulate -- --seed ${seed}`,
  ].join('\n');
}
