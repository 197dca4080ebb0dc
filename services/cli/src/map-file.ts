import { readFile } from 'node:fs/promises';
import { mapImporter, readMap } from '@tributary/importers';
import type { Importer } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';

/** The importer that a map in a file describes. Exits with `map_refused` where the map is not complete. */
export async function mapImporterOf(path: string): Promise<Importer> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Exit(EXIT.usage, `${path} is no file that can be read as a map`);
  });
  const read = readMap(text);
  if (!read.ok) throw new Exit(EXIT.failed, `${path}: ${read.text}`, read.refusal);
  return mapImporter(read.map);
}
