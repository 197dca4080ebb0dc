import { defineConfig } from 'vitest/config';

const IGNORED = ['**/node_modules/**', '**/dist/**'];
const SUFFIXED = ['**/*.int.spec.ts', '**/*.e2e.spec.ts', '**/*.property.spec.ts', '**/*.release.spec.ts'];

/** Starts the broker that files share, when a file asks for it; stops it at the end. */
const SHARED_BROKER = './libs/testing/test-servers/src/broker/shared-broker.ts';

/** Pure tests share a process; the others have one for each file, because chDB allows one data directory a process. */
const level = (
  name: string,
  include: string[],
  {
    exclude = [] as string[],
    seconds,
    isPure = false,
  }: { exclude?: string[]; seconds: number; isPure?: boolean },
) => ({
  extends: true as const,
  test: {
    name,
    isolate: !isPure,
    globalSetup: isPure ? [] : [SHARED_BROKER],
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
    maxWorkers: 2,
    projects: [
      level('unit', ['**/*.spec.ts'], { exclude: SUFFIXED, seconds: 60, isPure: true }),
      level('property', ['**/*.property.spec.ts'], { seconds: 120, isPure: true }),
      level('integration', ['**/*.int.spec.ts'], { seconds: 120 }),
      level('e2e', ['**/*.e2e.spec.ts'], { seconds: 240 }),
      ...(process.env['TRIBUTARY_RELEASE']
        ? [level('release', ['**/*.release.spec.ts'], { seconds: 3600 })]
        : []),
    ],
  },
});
