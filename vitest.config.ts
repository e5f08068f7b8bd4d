import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };
const SIMULATION = 'lib/testing/simulation/**/*.test.ts';
const exclude = ['node_modules/**', '.next/**', 'dist/**', '.sluice/**', 'e2e/**'];

export default defineConfig({
  test: {
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
          pool: 'forks',
        },
      },
    ],
  },
});
