import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChaosOptions, parseOptions } from './options';
import { runChaos, tell } from './run-chaos';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function main(options: ChaosOptions): Promise<boolean> {
  process.umask(0o077);
  const home = mkdtempSync(join(tmpdir(), 'sluice-chaos-'));
  const releasers: Array<() => Promise<void>> = [];
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of SIGNALS) process.on(signal, () => reject(new Error(`Stopped by ${signal}`)));
  });
  let isClean = false;
  try {
    const report = await Promise.race([runChaos(home, options, releasers), interrupted]);
    isClean = report.verdict === 'clean';
    process.stdout.write(`${JSON.stringify(report, null, options.json ? 0 : 2)}\n`);
    if (!isClean) explain(home, options, report.violations);
  } finally {
    await releaseAll(releasers);
    if (isClean && !options.keep) rmSync(home, { recursive: true, force: true });
    else tell(`kept ${home}`);
  }
  return isClean;
}

async function releaseAll(releasers: Array<() => Promise<void>>): Promise<void> {
  for (const release of releasers.splice(0).reverse()) {
    try {
      await release();
    } catch (error) {
      tell(`a part did not stop: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function explain(home: string, { seed, minutes }: ChaosOptions, violations: readonly string[]): void {
  tell(`VIOLATED. First: ${violations[0] ?? ''}`);
  tell(`Look at ${join(home, 'logs')} (one file per process and start), ${join(home, 's3')} (objects and`);
  tell(
    `journal.jsonl: every write) and the database in ${join(home, 'postgres')} (tables cut, file, attempt).`,
  );
  tell(`The same faults again: npm run chaos -- --minutes ${minutes} --seed ${seed}`);
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
main(parseOptions(process.argv.slice(2))).then(
  (isClean) => process.exit(isClean ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
