import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkEnvelope, checkFact, isTelemetry } from '@tributary/contracts';
import type { FactCatalogue, FactType } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import { expect } from 'vitest';
import { folderOf } from './files/folder.ts';
import type { Folder } from './files/folder.ts';
import type { Imported, Importer, ImportRequest } from './importer.ts';
import { readFolder } from './files/read-folder.ts';
import { importers } from './importers.ts';
import { recognise } from './recognise.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');

// oxlint-disable-next-line node/no-process-env -- the shared folder may lie elsewhere
const SHARED = process.env['TRIBUTARY_TEST_DATA'] ?? join(REPOSITORY, '../shared/data');

/** Whether the shared test data has this folder. */
export const hasShared = (name: string): boolean => existsSync(join(SHARED, name));
export const shared = (path: string): Promise<Folder> => readFolder(join(SHARED, path));
/** A folder of examples/samples. */
export const sample = (path: string): Promise<Folder> =>
  readFolder(join(REPOSITORY, 'examples/samples', path));

const TELEMETRY_BYTES = 1024 * 1024;

/** Imports the files that an importer matches. Checks that the log accepts every event and that equal ids mean equal events. */
export async function importOf(
  importer: Importer,
  source: Folder | Readonly<Record<string, string | Uint8Array>>,
  request: ImportRequest = {},
): Promise<Imported> {
  const folder = isFolder(source) ? source : folderOf('tiny', source);
  const matches = await importer.detect(folder);
  const files = matches.flatMap((match) => [...match.files]);
  const imported = await importer.read({ name: folder.name, files }, request);
  for (const event of imported.events) {
    expect(checkEnvelope(event)).toMatchObject({ ok: true });
    expect(checkFact(event.type, event.data)).toBeUndefined();
    const bytes = Buffer.byteLength(canonicalJson(event));
    if (isTelemetry(event.type)) expect(bytes).toBeLessThanOrEqual(TELEMETRY_BYTES);
  }
  const byId = new Map(imported.events.map((event) => [event.id, JSON.stringify(event)]));
  for (const event of imported.events) expect(byId.get(event.id)).toBe(JSON.stringify(event));
  return imported;
}

const isFolder = (source: object): source is Folder => 'files' in source && Array.isArray(source.files);

/** The payloads of one fact type, in order. */
export function factsOf<Type extends FactType>(
  { events }: Pick<Imported, 'events'>,
  type: Type,
): FactCatalogue[Type][] {
  return events.flatMap((event) => (event.type === type ? [event.data as FactCatalogue[Type]] : []));
}

/** Imports every source of a kind in a folder. Checks that facts match their schemas and that ids are unique. */
export async function importedBy(
  kind: string,
  folder: Folder,
  request: ImportRequest = {},
): Promise<Imported[]> {
  const { sources, ambiguous } = await recognise(importers, folder);
  expect(ambiguous).toEqual([]);
  const own = sources.filter(({ importer }) => importer.kind === kind);
  const imported = await Promise.all(
    own.map(({ importer, folder: matched }) => importer.read(matched, request)),
  );
  const events = imported.flatMap((part) => part.events);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
  return imported;
}

/** Reads files with an importer without asking it to detect them. */
export async function readBy(
  importer: Importer,
  files: Record<string, string | Uint8Array>,
): Promise<Imported> {
  const imported = await importer.read(folderOf('tiny', files), {});
  for (const { type, data } of imported.events) expect(checkFact(type, data)).toBeUndefined();
  return imported;
}

export const kindsOf = async (files: Record<string, string | Uint8Array>): Promise<string[]> =>
  (await recognise(importers, folderOf('tiny', files))).sources.map(({ importer }) => importer.kind);

export const dataOf = (imported: Imported | undefined, type: string): object[] =>
  (imported?.events ?? []).filter((event) => event.type === type).map(({ data }) => data);

/** The values of a column by step over all chunks; null where a row has no value. */
export function columnOf(imported: Imported | undefined, name: string): Map<number, number | null> {
  const values = new Map<number, number | null>();
  for (const { data } of imported?.events ?? []) {
    if (!('columns' in data) || !('steps' in data)) continue;
    for (const [index, step] of data.steps.entries()) {
      const value = data.columns[name]?.[index];
      if (typeof step === 'number' && value !== undefined) values.set(step, value);
    }
  }
  return values;
}

export const codesOf = (imported: Imported | undefined): string[] =>
  (imported?.warnings ?? []).map(({ code }) => code);
