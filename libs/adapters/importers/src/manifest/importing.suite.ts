import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkEnvelope, checkFact, isTelemetry } from '@tributary/contracts';
import type { FactCatalogue, FactType } from '@tributary/contracts';
import { canonicalJson } from '@tributary/kernel';
import { expect } from 'vitest';
import type { Folder } from '../folder.ts';
import { folderOf } from '../folder.ts';
import type { Imported, Importer, ImportRequest } from '../importer.ts';
import { readFolder } from '../read-folder.ts';

const REPOSITORY = join(import.meta.dirname, '../../../../..');

// oxlint-disable-next-line node/no-process-env -- the shared folder may lie elsewhere
const SHARED = process.env['TRIBUTARY_TEST_DATA'] ?? join(REPOSITORY, '../shared/data');

export const hasShared = (name: string): boolean => existsSync(join(SHARED, name));
export const shared = (path: string): Promise<Folder> => readFolder(join(SHARED, path));
export const sample = (path: string): Promise<Folder> =>
  readFolder(join(REPOSITORY, 'examples/samples', path));

const TELEMETRY_BYTES = 1024 * 1024;

/** What an importer makes of the files that it claims; the log takes every event, and each has an id of its own. */
export async function importOf(
  importer: Importer,
  source: Folder | Readonly<Record<string, string | Uint8Array>>,
  request: ImportRequest = {},
): Promise<Imported> {
  const folder = isFolder(source) ? source : folderOf('tiny', source);
  const claims = await importer.detect(folder);
  const files = claims.flatMap((claim) => [...claim.files]);
  const imported = await importer.read({ name: folder.name, files }, request);
  for (const event of imported.events) {
    expect(checkEnvelope(event)).toMatchObject({ ok: true });
    expect(checkFact(event.type, event.data)).toBeUndefined();
    const bytes = Buffer.byteLength(canonicalJson(event));
    if (isTelemetry(event.type)) expect(bytes).toBeLessThanOrEqual(TELEMETRY_BYTES);
  }
  const said = new Map(imported.events.map((event) => [event.id, JSON.stringify(event)]));
  for (const event of imported.events) expect(said.get(event.id)).toBe(JSON.stringify(event));
  return imported;
}

const isFolder = (source: object): source is Folder => 'files' in source && Array.isArray(source.files);

export function factsOf<Type extends FactType>(imported: Imported, type: Type): FactCatalogue[Type][] {
  return imported.events.flatMap((event) => (event.type === type ? [event.data as FactCatalogue[Type]] : []));
}

export const codesOf = ({ warnings }: Imported): string[] => warnings.map(({ code }) => code);
