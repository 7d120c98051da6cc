import { defineConfig } from 'vitest/config';

/** What scripts/test.mjs could not install. */
const without = [
  ...(process.env.ROLLCALL_TEST_BROWSER === 'none' ? ['test/browser/**'] : []),
  ...(process.env.ROLLCALL_TEST_HOSTS === 'none' ? ['test/hosts/**'] : []),
];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...without],
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/each-file.ts',
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine may outlast a wait once; what is wrong fails twice.
    retry: 1,
    expect: { poll: { timeout: 30_000 } },
    teardownTimeout: 20_000,
  },
});
