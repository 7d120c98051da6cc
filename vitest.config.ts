import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What scripts/test.mjs could not install. */
const without = [
  ...(process.env.ROLLCALL_TEST_BROWSER === 'none' ? ['test/browser/**'] : []),
  ...(process.env.ROLLCALL_TEST_HOSTS === 'none' ? ['test/hosts/**'] : []),
];

/** Short files whose tests are long: a table of pages, or of what every service provider must come through. */
const LONG = ['test/browser/pages.test.ts', 'test/interop/', 'test/saml/'];

const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((path) => moduleId.includes(path));

/** Long files begin first, so that no worker is still busy with one when the others have nothing left. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => Number(isLong(b)) - Number(isLong(a)));
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...without],
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/each-file.ts',
    pool: 'forks',
    // A worker loads Rollcall once for all of its files; each file clears away what it made (test/support/afterwards.ts).
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine may outlast a wait once; what is wrong fails twice.
    retry: 1,
    expect: { poll: { timeout: 30_000 } },
    teardownTimeout: 20_000,
  },
});
