import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Every package of the repository: its `folder` relative to the root, its `layer` (the folder below `libs`, or
 * `services`), and its manifest.
 */
export function workspaces() {
  const layers = readdirSync(join(root, 'libs')).map((layer) => ({ layer, parent: `libs/${layer}` }));
  return [...layers, { layer: 'services', parent: 'services' }].flatMap(({ layer, parent }) =>
    readdirSync(join(root, parent))
      .map((name) => ({ layer, folder: `${parent}/${name}` }))
      .filter(({ folder }) => existsSync(join(root, folder, 'package.json')))
      .map((found) => ({ ...found, manifest: manifestOf(found.folder) })),
  );
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
