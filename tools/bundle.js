/*
 * Joins the compiled modules of each process, and of the packages it uses, in a few files: a process would otherwise
 * open and resolve about 1,600 modules each time it starts, which takes longer than everything else it does by then.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { rolldown } from 'rolldown';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');

/** Packages that look for their binaries or their workers beside their own files. */
const EXTERNAL = ['chdb', 'lmdb', 'piscina'];

const output = join(root, 'dist');

/** Writes `dist/NAME.js` for every service, if one of the compiled modules is newer than those. */
export async function bundle() {
  const folders = workspaces().map(({ folder }) => folder);
  const compiled = Math.max(...folders.map((folder) => newestIn(join(root, folder, 'dist'))));
  const services = folders.filter((folder) => folder.startsWith('services/'));
  const entries = Object.fromEntries(
    services.map((folder) => [basename(folder), join(root, folder, 'dist/main.js')]),
  );
  if (Object.keys(entries).every((name) => isNewer(join(output, `${name}.js`), compiled))) return;
  rmSync(output, { recursive: true, force: true });
  const joined = await rolldown({
    input: entries,
    platform: 'node',
    external: EXTERNAL,
    /* Frameworks import optional packages that are not installed; those imports stay as they are. */
    onLog: (level, log, report) => log.code === 'UNRESOLVED_IMPORT' || report(level, log),
    plugins: [keepLocations()],
  });
  await joined.write({ dir: output, format: 'esm', chunkFileNames: 'chunk-[hash].js' });
  await joined.close();
}

const isNewer = (file, time) => existsSync(file) && statSync(file).mtimeMs > time;

/** The time of the last change of a compiled module, in milliseconds since 1970. */
function newestIn(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const modules = files.filter((file) => file.endsWith('.js'));
  return Math.max(0, ...modules.map((file) => statSync(join(folder, file)).mtimeMs));
}

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
