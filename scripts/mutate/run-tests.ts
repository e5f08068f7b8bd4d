import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const reportSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

export interface TestRun {
  readonly passed: number;
  /** Full names. A file that could not even be loaded is not among them: that proves nothing. */
  readonly failed: readonly string[];
  readonly didLoad: boolean;
}

/** Runs test files in a copy of the project, to their end. */
export async function runTests(directory: string, tests: readonly string[]): Promise<TestRun> {
  const report = join(directory, 'mutate-report.json');
  rmSync(report, { force: true });
  await vitest(directory, ['run', ...tests, '--reporter=json', `--outputFile=${report}`]);
  if (!existsSync(report)) return { passed: 0, failed: [], didLoad: false };
  const { numPassedTests, testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  );
  const didLoad = testResults.length > 0 && testResults.every((file) => file.assertionResults.length > 0);
  return { passed: numPassedTests, failed, didLoad };
}

function vitest(cwd: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), ...args], {
      cwd,
      stdio: 'ignore',
    });
    child.on('error', reject);
    child.on('close', () => resolve());
  });
}
