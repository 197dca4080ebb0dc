import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Who may depend on whom. Absent means: nobody. */
const MAY_USE: Record<string, string[]> = {
  kernel: [],
  contracts: ['kernel'],
  log: ['kernel', 'contracts'],
  context: ['kernel', 'contracts', 'log'],
  adapter: ['kernel', 'contracts', 'log'],
  service: ['kernel', 'contracts', 'log', 'context', 'adapter', 'service'],
  testing: ['kernel', 'contracts', 'log', 'adapter'],
};

type Manifest = {
  name: string;
  dependencies?: Record<string, string>;
  exports?: Record<string, unknown>;
  nx: { tags: [string] };
};

const workspaces = ['libs', 'services'].flatMap((group) =>
  readdirSync(join(root, group))
    .map((name) => join(root, group, name, 'package.json'))
    .filter((file) => existsSync(file))
    .map((file): Manifest => JSON.parse(readFileSync(file, 'utf8'))),
);
const layerOf = new Map(workspaces.map(({ name, nx }) => [name, nx.tags[0].replace('layer:', '')]));

describe.each(workspaces)('$name', ({ name, dependencies = {}, exports = {} }) => {
  it('stays within its layer', () => {
    const used = Object.keys(dependencies).flatMap((dependency) => layerOf.get(dependency) ?? []);
    expect(MAY_USE[layerOf.get(name) ?? '']).toEqual(expect.arrayContaining(used));
  });

  it('has no door but its index', () => {
    expect(Object.keys(exports).filter((door) => door !== '.')).toEqual([]);
  });
});

it('lets only the command line start the standalone server beside its own entry', () => {
  const users = workspaces.filter(({ dependencies = {} }) => '@tributary/standalone' in dependencies);
  expect(users.map(({ name }) => name)).toEqual(['@tributary/cli']);
});
