import { createHash } from 'node:crypto';
import type { Folder } from '../folder.ts';
import type { ImportRequest } from '../importer.ts';

const MAX_NAME = 256;

/**
 * The id of a run that its source does not name. `place` is its path below the import without an ending, empty for the
 * import as a whole. A name that the caller gives stands for the import, so a run deeper down keeps its place after it.
 */
export function runName(folder: Folder, { name }: ImportRequest, place: string): string {
  const whole = place === '' || place === folder.name;
  if (name !== undefined) return fitting(whole ? name : `${name}/${place}`);
  if (whole) return fitting(folder.name);
  return fitting(place.includes('/') ? place : `${folder.name}/${place}`);
}

/** The path of a file without its ending. */
export const placeOf = (path: string): string => path.replace(/(\.[A-Za-z0-9]{1,8})(\.gz)?$/, '');

function fitting(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${digest}/${name.slice(-(MAX_NAME - digest.length - 1))}`;
}
