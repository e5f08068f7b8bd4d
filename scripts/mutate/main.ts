import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { copyProject } from './copy-project';
import { type Mutation, readMutations } from './read-mutations';
import { runTests } from './run-tests';

interface Verdict {
  readonly name: string;
  readonly what: string;
  readonly noticed: boolean;
  /** How many tests failed, and the first of them. */
  readonly failed: number;
  readonly by: string;
}

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const all = readMutations();
const mutations = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
if (mutations.length === 0) {
  console.error(`Which mutation? npm run mutate -- [${all.map(({ name }) => name).join(' | ')}] [--json]`);
  process.exit(1);
}

const copy = copyProject();
let verdicts: Verdict[] = [];
try {
  await requireGreen();
  for (const mutation of mutations) verdicts = [...verdicts, await judge(mutation)];
} finally {
  rmSync(copy, { recursive: true, force: true });
}
if (isJson) console.log(JSON.stringify({ mutations: verdicts }));
process.exit(verdicts.every(({ noticed }) => noticed) ? 0 : 1);

/** A suite that is red without any mutation would notice everything. */
async function requireGreen(): Promise<void> {
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests))].sort();
  const { passed, failed, didLoad } = await runTests(copy, tests);
  if (failed.length > 0 || !didLoad) {
    throw new Error(
      `Without any mutation ${failed.join('; ') || 'a test file'} fails: nothing can be judged`,
    );
  }
  console.error(`✓ without a mutation ${passed} tests pass`);
}

async function judge({ name, what, tests, patch }: Mutation): Promise<Verdict> {
  applyPatch(patch, []);
  try {
    const { failed, didLoad } = await runTests(copy, tests);
    const noticed = didLoad && failed.length > 0;
    const by = failed[0] ?? (didLoad ? 'nothing' : 'nothing: the tests did not run');
    console.error(`${noticed ? '✓' : '✕'} ${name}: ${what}\n    noticed by ${by} (${failed.length} failed)`);
    return { name, what, noticed, failed: failed.length, by };
  } finally {
    applyPatch(patch, ['--reverse']);
  }
}

function applyPatch(patch: string, flags: readonly string[]): void {
  execFileSync('git', ['apply', ...flags, resolve(patch)], { cwd: copy });
}
