import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectReferences } from './references.js';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');

/** Which layers a layer may depend on. `services` stand in nobody's list: a process is imported by nothing. */
const MAY_USE: Record<string, string[]> = {
  core: ['core'],
  contexts: ['core'],
  adapters: ['core'],
  protocols: ['core', 'contexts'],
  server: ['core', 'contexts', 'adapters', 'protocols', 'server'],
  services: ['core', 'contexts', 'adapters', 'protocols', 'server'],
  testing: ['core', 'adapters'],
};

const packages = workspaces();
const layerOf = new Map(packages.map(({ manifest, layer }) => [manifest.name, layer]));

describe.each(packages)('$folder', ({ layer, manifest }) => {
  it('stays within its layer', () => {
    const used = Object.keys(manifest.dependencies ?? {}).flatMap((name) => layerOf.get(name) ?? []);
    expect(MAY_USE[layer]).toEqual(expect.arrayContaining(used));
  });

  it('is tagged by its layer and has one entry point', () => {
    expect(manifest.nx.tags).toEqual([`layer:${layer}`]);
    expect(Object.keys(manifest.exports ?? {}).filter((entry) => entry !== '.')).toEqual([]);
  });
});

it('references in every tsconfig.json what its package.json depends on (node tools/references.js)', () => {
  for (const [file, text] of projectReferences())
    expect({
      file,
      text: JSON.parse(readFileSync(join(root, file), 'utf8')),
    }).toEqual({
      file,
      text: JSON.parse(text),
    });
});
