/* Writes docs/licences.md from package-lock.json and from the query engine: npx tsx tools/licences/main.ts */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineSection, engineVersion, licencesPage } from './page.ts';
import type { EngineLibrary } from './page.ts';
import { lockedPackages } from './packages.ts';

process.env['UV_THREADPOOL_SIZE'] ??= '16';
const { openChdb } = await import('@tributary/clickhouse');

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/licences.md');

const LIBRARIES = {
  name: 'licences',
  sql: 'SELECT library_name AS name, license_type AS licence FROM system.licenses ORDER BY name, licence',
  params: { parse: () => ({}) },
  row: { parse: (row: unknown): EngineLibrary => Object.assign({ name: '', licence: '?' }, row) },
};

const directory = mkdtempSync(join(tmpdir(), 'tributary-licences-'));
const engine = await openChdb({ directory, threads: 16 });
try {
  const libraries = await engine.reader.all(LIBRARIES, {});
  const packages = lockedPackages(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  writeFileSync(page, licencesPage(packages, engineSection(engineVersion(packages), libraries)));
} finally {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
}
