import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };
const SIMULATION = 'lib/testing/simulation/**/*.test.ts';
const exclude = ['node_modules/**', '.next/**', 'dist/**', '.sluice/**', 'e2e/**'];

/** Minutes each: one that began last would run on alone. */
const LONGEST = [
  'workers/delivery/crash-matrix',
  'workers/failures/network-cuts',
  'workers/failures/side-crashes',
  'workers/failures/',
  'dev/radosgw/',
  'lib/testing/memory-ledger/differential',
  'workers/replay/replay-interrupted',
  'workers/delivery/',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((one) => moduleId.includes(one));
      return place === -1 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Most of the time of the integration tests is waiting for a server: more of them fit than there are processors.
    maxWorkers: 3,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.int.test.ts', SIMULATION],
          // Pure tests share their modules: loading them anew for every file takes twice as long as the tests.
          isolate: false,
          // A busy machine makes a test slow, not wrong.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        // Pure as well, and on all processors for a minute or two: too long for `npm run verify`.
        test: { name: 'simulation', include: [SIMULATION], exclude },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['**/*.int.test.ts'],
          exclude,
          globalSetup: ['lib/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Vitest's own is a second, which a busy machine needs for one query.
          expect: { poll: { timeout: 30_000 } },
          pool: 'forks',
          // What one file has loaded the next need not: two seconds of a processor for each of them.
          isolate: false,
        },
      },
    ],
  },
});
