import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkFact } from '@tributary/contracts';
import { expect } from 'vitest';
import { folderOf } from '../folder.ts';
import type { Folder } from '../folder.ts';
import type { Imported, Importer, ImportRequest } from '../importer.ts';
import { importers } from '../importers.ts';
import { readFolder } from '../read-folder.ts';
import { recognise } from '../recognise.ts';

const repository = join(import.meta.dirname, '../../../../..');

/** A folder of examples/samples. */
export const sample = (name: string): Promise<Folder> =>
  readFolder(join(repository, 'examples/samples', name));

// oxlint-disable-next-line node/no-process-env -- the shared folder may lie elsewhere
const root = process.env['TRIBUTARY_TEST_DATA'] ?? join(repository, '../shared/data');
export const hasShared = (name: string): boolean => existsSync(join(root, name));
export const shared = (name: string): Promise<Folder> => readFolder(join(root, name));

/** Imports every source of a kind in a folder; each fact passes its schema and each id is there once. */
export async function importedBy(
  kind: string,
  folder: Folder,
  request: ImportRequest = {},
): Promise<Imported[]> {
  const { sources, ambiguous } = await recognise(importers, folder);
  expect(ambiguous).toEqual([]);
  const own = sources.filter(({ importer }) => importer.kind === kind);
  const imported = await Promise.all(
    own.map(({ importer, folder: claimed }) => importer.read(claimed, request)),
  );
  const events = imported.flatMap((part) => part.events);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
  return imported;
}

/** Reads files with an importer, whatever it would say about them. */
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

/** The values of a column by step, over all chunks; null where nothing stands there. */
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
