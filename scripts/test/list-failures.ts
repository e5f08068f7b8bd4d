import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';

/** A test that failed, and the first lines of why. */
export interface Failure {
  readonly file: string;
  readonly title: string;
  readonly why: string;
}

const WHY_LINES = 6;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** What failed in a report of Vitest; a file that failed as a whole is one failure. Empty without a report. */
export function listVitestFailures(report: string): Failure[] {
  if (!existsSync(report)) return [];
  const { testResults } = vitestReport.parse(JSON.parse(readFileSync(report, 'utf8')));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults
      .filter((result) => result.status === 'failed')
      .map((result) => ({ file, title: result.fullName, why: firstLines(result.failureMessages?.[0]) }));
    const isBroken = status === 'failed' && failed.length === 0;
    return isBroken ? [{ file, title: '(the whole file)', why: firstLines(message) }] : failed;
  });
}

const suiteSchema = z.object({
  get suites() {
    return z.array(suiteSchema).optional();
  },
  specs: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      ok: z.boolean(),
      tests: z.array(
        z.object({
          results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
        }),
      ),
    }),
  ),
});
const playwrightReport = z.object({ suites: z.array(suiteSchema) });

/** The same in a report of Playwright. */
export function listPlaywrightFailures(report: string): Failure[] {
  if (!existsSync(report)) return [];
  const failuresOf = ({ suites = [], specs }: z.infer<typeof suiteSchema>): Failure[] => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ title, file, tests }) => {
        const errors = tests.flatMap(({ results }) => results.map(({ error }) => error?.message));
        return { file, title, why: firstLines(errors.find((message) => message !== undefined)) };
      }),
    ...suites.flatMap(failuresOf),
  ];
  return playwrightReport.parse(JSON.parse(readFileSync(report, 'utf8'))).suites.flatMap(failuresOf);
}

function firstLines(message = ''): string {
  const lines = message.replaceAll(COLOURS, '').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, WHY_LINES)
    .join('\n');
}
