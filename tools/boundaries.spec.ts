import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { projectReferences } from './references.js';
import { isTest, typescriptFiles } from './sources.ts';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');

/** The layers that each layer may use. No list contains `services`, because nothing imports a process. */
const MAY_USE: Record<string, readonly string[]> = {
  core: ['core'],
  contexts: ['core'],
  adapters: ['core'],
  attributes: ['core', 'adapters', 'attributes'],
  protocols: ['core', 'contexts'],
  server: ['core', 'contexts', 'adapters', 'attributes', 'protocols', 'server'],
  services: ['core', 'contexts', 'adapters', 'attributes', 'protocols', 'server'],
  testing: ['core', 'adapters', 'testing'],
};
/** Layers whose packages do not import each other. */
const APART = ['contexts', 'adapters', 'protocols'];
/** The layers that tests may use in addition, because they run on real engines. */
const TESTS_MAY_USE = ['testing', 'adapters'];

const packages = workspaces();
const packageOf = new Map(packages.map((one) => [String(one.manifest.name), one]));
const homeOf = (path: string) => packages.find(({ folder }) => path.startsWith(`${folder}/`));

describe.each(packages)('$folder', ({ layer, manifest }) => {
  it('has the tag of its layer and one entry point', () => {
    expect(manifest.nx.tags).toEqual([`layer:${layer}`]);
    expect(Object.keys(manifest.exports ?? {}).filter((entry) => entry !== '.')).toEqual([]);
  });

  it('depends only on packages that its layer may use', () => {
    const used = Object.keys(manifest.dependencies ?? {}).flatMap((name) => packageOf.get(name)?.layer ?? []);
    expect(MAY_USE[layer]).toEqual(expect.arrayContaining(used));
  });
});

const importsOf = (path: string, text: string): string[] =>
  ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? normalize(join(dirname(path), fileName)) : fileName,
    );

type Package = (typeof packages)[number];

/** The reason why a file of a package may not import something; undefined if it may. */
function refusal(path: string, imported: string): string | undefined {
  const home = homeOf(path);
  if (home === undefined) return undefined;
  if (imported.startsWith('@tributary/')) return refusedPackage(path, home, packageOf.get(imported));
  const isOutside = /^(libs|services|tests|tools|bench)\//.test(imported);
  return isOutside && !imported.startsWith(`${home.folder}/`) ? 'leaves its package' : undefined;
}

function refusedPackage(path: string, home: Package, target: Package | undefined): string | undefined {
  if (target === undefined) return 'is no entry of a package';
  if (isTest(path) && TESTS_MAY_USE.includes(target.layer)) return undefined;
  const areSiblings = target.layer === home.layer && target !== home;
  if (areSiblings && APART.includes(home.layer)) return `${home.layer} do not import each other`;
  return MAY_USE[home.layer]?.includes(target.layer)
    ? undefined
    : `${home.layer} may not use ${target.layer}`;
}

it('has no import of a forbidden layer, past an entry point, or by a relative path out of the package', () => {
  const wrong = typescriptFiles().flatMap(({ path, text }) =>
    importsOf(path, text).flatMap((imported) => {
      const why = refusal(path, imported);
      return why === undefined ? [] : [`${path} imports ${imported}: ${why}`];
    }),
  );
  expect(wrong).toEqual([]);
});

it('references in every tsconfig.json what its package.json depends on (node tools/references.js)', () => {
  for (const [file, text] of projectReferences())
    expect({ file, config: JSON.parse(readFileSync(join(root, file), 'utf8')) }).toEqual({
      file,
      config: JSON.parse(text),
    });
});
