import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');
const compiler = join(root, 'node_modules/typescript7/bin/tsc');

/** Compiles every package, puts its `.sql` files where the compiled modules look for them, and joins the processes. */
export async function build() {
  for (const { folder } of workspaces()) copyQueries(join(root, folder));
  const { status } = spawnSync(process.execPath, [compiler, '-b', root], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error('the build failed; the errors of the compiler are above');
    process.exit(1);
  }
  /* On a fresh clone this module is loaded before anything is installed. */
  const { bundle } = await import('./bundle.js');
  await bundle();
}

function copyQueries(folder) {
  const sources = join(folder, 'src');
  if (!existsSync(sources)) return;
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.sql')) continue;
    const to = join(folder, 'dist', file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(sources, file), to);
  }
}

if (process.argv[1] === import.meta.filename) await build();
