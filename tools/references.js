/* `node tools/references.js` writes project references from the dependencies in the manifests. A test compares them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');

/**
 * The expected text of each `tsconfig.json`, of the packages and of the root, by path relative to the root.
 * @returns {Map<string, string>}
 */
export function projectReferences() {
  const packages = workspaces();
  const folderOf = new Map(packages.map(({ manifest, folder }) => [manifest.name, folder]));
  const files = packages.map(({ folder, manifest }) => {
    const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const used = named.flatMap((name) => folderOf.get(name) ?? []).sort();
    const paths = used.map((target) => relative(join(root, folder), join(root, target)));
    return [`${folder}/tsconfig.json`, paths];
  });
  const all = packages.map(({ folder }) => folder).sort();
  return new Map(
    [...files, ['tsconfig.json', all]].map(([file, paths]) => [file, withReferences(file, paths)]),
  );
}

function withReferences(file, paths) {
  const config = JSON.parse(readFileSync(join(root, file), 'utf8'));
  const { references: _, ...rest } = config;
  return `${JSON.stringify({ ...rest, references: paths.map((path) => ({ path })) }, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename)
  for (const [file, text] of projectReferences()) writeFileSync(join(root, file), text);
