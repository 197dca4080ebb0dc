import { defineConfig } from 'vitest/config';

const IGNORED = ['**/node_modules/**', '**/dist/**'];
const SUFFIXED = ['**/*.int.spec.ts', '**/*.e2e.spec.ts', '**/*.property.spec.ts', '**/*.release.spec.ts'];

/** Starts the broker that files share, when a file asks for it; stops it at the end. */
const SHARED_BROKER = './libs/testing/test-servers/src/broker/shared-broker.ts';

/** Integration tests that open the engine in their own process, and close it. */
const ENGINE = [
  'libs/{contexts,core,protocols,server}/**/*.int.spec.ts',
  'libs/adapters/{clickhouse,importers}/**/*.int.spec.ts',
  'libs/adapters/dead-letters/src/*.int.spec.ts',
  'tests/*.int.spec.ts',
  'tests/deploy/dashboards.int.spec.ts',
  'tools/**/*.int.spec.ts',
];

/** Integration tests that configure the engine of their process, which is possible once. */
const ALONE = ['tests/deploy/{cluster-queries,detached-parts,server-config}.int.spec.ts'];

type Level = {
  readonly exclude?: readonly string[];
  readonly seconds: number;
  /** Whether each file has a process of its own, which loads all modules again. */
  readonly isolate?: boolean;
  readonly hasBroker?: boolean;
};

/** Files of a level share processes, which saves the imports of each, so each of them closes what it opens. */
const level = (
  name: string,
  include: readonly string[],
  { exclude = [], seconds, isolate = false, hasBroker = false }: Level,
) => ({
  extends: true as const,
  test: {
    name,
    isolate,
    globalSetup: hasBroker ? [SHARED_BROKER] : [],
    include: [...include],
    exclude: [...IGNORED, ...exclude],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
    /* A loaded machine is no failure, so what is waited for may take long. */
    expect: { poll: { timeout: 60_000 } },
  },
});

/** Levels by suffix. */
export default defineConfig({
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    pool: 'forks',
    /* Programs that a test starts would keep a witness beside the directory that it deletes. */
    env: { TRIBUTARY_WITNESS: '' },
    /* One more than the two cores of the machines that run them: many tests wait for other processes. */
    maxWorkers: 3,
    /* Levels would compile what they share once each. A module is found by its content; `npm test` begins without any. */
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.tributary-modules' },
    projects: [
      level('unit', ['**/*.spec.ts'], { exclude: SUFFIXED, seconds: 120 }),
      level('property', ['**/*.property.spec.ts'], { seconds: 240 }),
      level('engine', ENGINE, { seconds: 240 }),
      level('engine-alone', ALONE, { seconds: 240, isolate: true }),
      level('integration', ['**/*.int.spec.ts'], {
        exclude: [...ENGINE, ...ALONE],
        seconds: 240,
        hasBroker: true,
      }),
      level('e2e', ['**/*.e2e.spec.ts'], { seconds: 240, hasBroker: true }),
      ...(process.env['TRIBUTARY_RELEASE']
        ? [level('release', ['**/*.release.spec.ts'], { seconds: 3600, isolate: true, hasBroker: true })]
        : []),
    ],
  },
});
