/*
 * Joins the compiled modules of each process, and of the packages it uses, in a few files: a process would otherwise
 * open and resolve about 1,600 modules each time it starts, which takes longer than everything else it does by then.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { rolldown } from 'rolldown';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');

/** Packages that look for their binaries or their workers beside their own files. */
const EXTERNAL = ['chdb', 'lmdb', 'onnxruntime-node', 'piscina', 'web-tree-sitter'];

const output = join(root, 'dist');
/** A build that was killed, or met a full disk, leaves its files here and `dist` as it was. */
const unfinished = join(root, 'node_modules/.tributary-bundles');

/** Changes of these change the bundles, as every compiled module does. */
const SOURCES = [import.meta.filename, join(root, 'node_modules/.package-lock.json')];

/** Writes `dist/NAME.js` for every service, if one of the sources is newer than those. */
export async function bundle() {
  const folders = workspaces().map(({ folder }) => folder);
  const modules = folders.flatMap((folder) => modulesIn(join(root, folder, 'dist')));
  const newest = Math.max(...[...SOURCES, ...modules].map(modifiedAt));
  const services = folders.filter((folder) => folder.startsWith('services/'));
  const entries = Object.fromEntries(
    services.map((folder) => [basename(folder), join(root, folder, 'dist/main.js')]),
  );
  if (Object.keys(entries).every((name) => isNewer(join(output, `${name}.js`), newest))) return;
  rmSync(unfinished, { recursive: true, force: true });
  const joined = await rolldown({
    input: entries,
    platform: 'node',
    external: EXTERNAL,
    /* Frameworks import optional packages that are not installed; those imports stay as they are. */
    onLog: (level, log, report) => log.code === 'UNRESOLVED_IMPORT' || report(level, log),
    plugins: [keepLocations()],
  });
  await joined.write({ dir: unfinished, format: 'esm', chunkFileNames: 'chunk-[hash].js' });
  await joined.close();
  rmSync(output, { recursive: true, force: true });
  renameSync(unfinished, output);
}

/** Milliseconds since 1970. */
const modifiedAt = (file) => statSync(file).mtimeMs;
const isNewer = (file, time) => existsSync(file) && modifiedAt(file) > time;

const modulesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => join(folder, file));

/** A module that asks where it is gets the location of the file that it was compiled to, where its neighbours are. */
function keepLocations() {
  return {
    name: 'keep-locations',
    transform(code, file) {
      if (!code.includes('import.meta.')) return null;
      const location = JSON.stringify(relative(output, file).split(sep).join('/'));
      const header = `import { fileURLToPath as pathOfUrl } from 'node:url';
const ownUrl = new URL(${location}, import.meta.url).href;
const ownPath = pathOfUrl(ownUrl);
`;
      const body = code
        .replaceAll('import.meta.dirname', "pathOfUrl(new URL('.', ownUrl))")
        .replaceAll('import.meta.filename', 'ownPath')
        .replaceAll('import.meta.url', 'ownUrl');
      return { code: header + body };
    },
  };
}
