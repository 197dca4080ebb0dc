import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** Inside `node_modules`, so that the bundle finds the packages with native code, which stay apart. */
const FOLDER = fileURLToPath(new URL('../../../../node_modules/.tributary-test-processes/', import.meta.url));
const NATIVE = ['chdb', 'lmdb'];

const bundled = new Map<string, Promise<string>>();

/**
 * Joins a TypeScript module and what it imports in one JavaScript file, once a test process: to compile it at each of
 * many starts takes longer than the test. Returns the path of the file.
 */
export function bundle(module: URL): Promise<string> {
  const path = bundled.get(module.href) ?? write(fileURLToPath(module));
  bundled.set(module.href, path);
  return path;
}

async function write(input: string): Promise<string> {
  const file = join(FOLDER, `${basename(input, '.ts')}.js`);
  const unfinished = `${file}.${process.pid}`;
  const joined = await rolldown({
    input,
    platform: 'node',
    external: NATIVE,
    resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
  });
  await joined.write({ file: unfinished, format: 'esm', codeSplitting: false });
  await joined.close();
  renameSync(unfinished, file);
  return file;
}
