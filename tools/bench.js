/* `npm run bench -- NAME`: builds, then runs `bench/<name>/main.ts`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';

const root = join(import.meta.dirname, '..');
const [name = '', ...args] = process.argv.slice(2);
const entry = join(root, 'bench', name, 'main.ts');
if (name === '' || !existsSync(entry)) {
  const names = readdirSync(join(root, 'bench')).filter((folder) =>
    existsSync(join(root, 'bench', folder, 'main.ts')),
  );
  console.error(`npm run bench -- NAME, where NAME is one of ${names.join(', ')}`);
  process.exit(2);
}
install();
await build();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', entry, ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
