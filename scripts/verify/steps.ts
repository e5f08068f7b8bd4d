import { spawn } from 'node:child_process';

export interface Step {
  readonly name: string;
  /** A JavaScript file, run by this Node. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the steps in order, each to its end, and says how long each took. False when one failed. */
export async function runSteps(steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) {
    const startedAt = performance.now();
    const code = await runStep(step);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${code === 0 ? '✓' : '✕'} ${step.name} (${seconds} s)`);
    if (code !== 0) return false;
  }
  return true;
}

function runStep(step: Step): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [step.program, ...step.args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...step.env },
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
