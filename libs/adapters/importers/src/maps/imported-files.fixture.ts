import { checkFact } from '@tributary/contracts';
import { expect } from 'vitest';
import { folderOf } from '../files/folder.ts';
import type { Imported } from '../importer.ts';
import { mapImporter } from './map-importer.ts';
import { readMap } from './read-map.ts';

/** Imports all files by one map, as the command does. */
export async function imported(yaml: string, files: Readonly<Record<string, string>>): Promise<Imported> {
  const map = readMap(yaml);
  if (!map.ok) throw new RangeError(map.text);
  const importer = mapImporter(map.map);
  const [match] = await importer.detect(folderOf('t', files));
  const result = await importer.read({ name: 't', files: match?.files ?? [] }, {});
  for (const { type, data } of result.events) expect(checkFact(type, data)).toBeUndefined();
  return result;
}

/** Every value by run, step and metric, of steps and of points. */
export function valuesOf({ events }: Imported): string[] {
  const values = events.flatMap(({ data }) => {
    if ('columns' in data && 'steps' in data)
      return Object.entries(data.columns).flatMap(([name, column]) =>
        data.steps.map((step, index) => `${data.runId} ${step} ${name} ${column[index]}`),
      );
    if (!('keys' in data) || !('values' in data)) return [];
    return data.keys.map((key, index) => `${data.runId} ${data.steps[index]} ${key} ${data.values[index]}`);
  });
  return values.filter((value) => !value.endsWith(' null')).toSorted();
}
