import { defineConfig } from 'vitest/config';

const IGNORED = ['**/node_modules/**', '**/dist/**'];
const SUFFIXED = ['**/*.int.spec.ts', '**/*.e2e.spec.ts', '**/*.property.spec.ts', '**/*.release.spec.ts'];

const level = (name: string, include: string[], exclude: string[], seconds: number) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude: [...IGNORED, ...exclude],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
});

/** Levels by suffix. Every file has its own process: chDB allows one data directory per process. */
export default defineConfig({
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      level('unit', ['**/*.spec.ts'], SUFFIXED, 60),
      level('property', ['**/*.property.spec.ts'], [], 120),
      level('integration', ['**/*.int.spec.ts'], [], 120),
      level('e2e', ['**/*.e2e.spec.ts'], [], 240),
      ...(process.env['TRIBUTARY_RELEASE'] ? [level('release', ['**/*.release.spec.ts'], [], 3600)] : []),
    ],
  },
});
