import type { Proposal } from './table-map.ts';
import { OPEN } from './table-map.ts';

const EXPORTED = /(?:^|\/)run-.+-tag-.+\.csv(\.gz)?$/;
const ENDING = String.raw`\.csv(?:\.gz)?$`;

/**
 * The map of a scalar that TensorBoard exports: the columns say neither run nor metric, but the name of the file does,
 * which its page calls `run-RUN-tag-TAG.csv`. The files of one run have its name and are joined by it.
 */
export function scalarMap(path: string, columns: readonly string[]): Proposal | undefined {
  if (columns.join() !== 'Wall time,Step,Value') return undefined;
  const isExported = EXPORTED.test(path);
  const isInFolder = path.includes('/');
  const name = isExported ? 'run-(?P<run>[^/]+?)-tag-(?P<tag>[^/]+)' : '(?P<tag>[^/]+)';
  const folder = isExported ? '(?:^|/)' : '^(?P<run>.+)/';
  return {
    reads: 'table',
    path: `${isExported || isInFolder ? folder : '^'}${name}${ENDING}`,
    run: isExported || isInFolder ? 'run' : OPEN,
    step: 'Step',
    time: 'Wall time',
    metric: 'tag',
    value: 'Value',
  };
}
