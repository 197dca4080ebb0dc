import { defineConfig } from 'vitest/config';

const IGNORED = ['**/node_modules/**', '**/dist/**'];
const SUFFIXED = ['**/*.int.spec.ts', '**/*.e2e.spec.ts', '**/*.property.spec.ts', '**/*.release.spec.ts'];

/** Starts the broker that files share, when a file asks for it; stops it at the end. */
const SHARED_BROKER = './libs/testing/test-servers/src/broker/shared-broker.ts';

/** Integration tests that close the engine they open, so that their files can share a process. */
const CLOSING = [
  'libs/{contexts,core,protocols,server}/**/*.int.spec.ts',
  'libs/adapters/{clickhouse,importers}/**/*.int.spec.ts',
  'libs/adapters/dead-letters/src/*.int.spec.ts',
  'tests/*.int.spec.ts',
  'tests/deploy/dashboards.int.spec.ts',
  'tools/**/*.int.spec.ts',
];

/**
 * Pure tests share a process, and so do the files of `CLOSING`, which saves the imports of each. The others have one
 * for each file, because chDB allows one data directory a process.
 */
const level = (
  name: string,
  include: string[],
  {
    exclude = [] as string[],
    seconds,
    isShared = false,
  }: { exclude?: string[]; seconds: number; isShared?: boolean },
) => ({
  extends: true as const,
  test: {
    name,
    isolate: !isShared,
    globalSetup: isShared ? [] : [SHARED_BROKER],
    include,
    exclude: [...IGNORED, ...exclude],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
});

/** Levels by suffix. */
export default defineConfig({
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    pool: 'forks',
    /* One more than the two cores of the machines that run them: many tests wait for other processes. */
    maxWorkers: 3,
    projects: [
      level('unit', ['**/*.spec.ts'], { exclude: SUFFIXED, seconds: 60, isShared: true }),
      level('property', ['**/*.property.spec.ts'], { seconds: 120, isShared: true }),
      level('integration', ['**/*.int.spec.ts'], { exclude: CLOSING, seconds: 240 }),
      level('integration-shared', CLOSING, { seconds: 240, isShared: true }),
      level('e2e', ['**/*.e2e.spec.ts'], { seconds: 240 }),
      ...(process.env['TRIBUTARY_RELEASE']
        ? [level('release', ['**/*.release.spec.ts'], { seconds: 3600 })]
        : []),
    ],
  },
});
