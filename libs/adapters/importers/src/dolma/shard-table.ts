import type { SourceFile } from '../files/folder.ts';
import { addShardList, contentId, counted, stemOf } from '../facts/shard-list.ts';
import type { ListedShard } from '../facts/shard-list.ts';
import { looseCountIn } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { tableIn } from '../files/table.ts';
import { truncate, truncateName } from '../facts/text.ts';

const ITEM_BYTES: ReadonlyMap<string, number> = new Map([
  ['uint8', 1],
  ['uint16', 2],
  ['uint32', 4],
  ['uint64', 8],
  ['int32', 4],
  ['int64', 8],
]);

export const isShardTable = (columns: readonly string[]): boolean =>
  columns.includes('key') &&
  columns.includes('size') &&
  (columns.includes('subset') || columns.includes('category'));

/** Splits `name-v01` or `name_v1.2` into the dataset and its version. */
function versioned(stem: string): { name: string; version?: string } {
  const [, name, version] = /^(.+)[-_](v\d[\w.]*)$/.exec(stem) ?? [];
  return name !== undefined && version !== undefined ? { name, version } : { name: stem };
}

/**
 * Adds a dataset version: token shards with their sizes. The token counts follow only if the table states the dtype.
 */
export async function readShardTable(file: SourceFile, collector: FactCollector): Promise<void> {
  const table = await tableIn(file, collector.findings);
  if (!table) return;
  const at = (name: string) => table.columns.indexOf(name);
  const columns = {
    key: at('key'),
    size: at('size'),
    subset: at('subset'),
    category: at('category'),
    dtype: at('dtype'),
  };
  const sizes = new Map<string, number>();
  const listed = table.rows.flatMap(({ cells, line }): ListedShard[] => {
    const cell = (column: number) => cells[column] ?? '';
    const [key, size] = [cell(columns.key), looseCountIn(cell(columns.size))];
    const where = `${file.path}:${line}`;
    if (key === '') collector.findings.reject(where, 'key', 'the cell is empty: the row names no shard');
    else if (size === undefined)
      collector.findings.reject(where, 'size', `"${cell(columns.size)}" is not a number of bytes`);
    else if ((sizes.get(key) ?? size) !== size)
      collector.findings.reject(where, 'size', 'an earlier row lists this shard with another size');
    else {
      sizes.set(key, size);
      const label = [cell(columns.subset), cell(columns.category)].filter((part) => part !== '').join('/');
      const width = ITEM_BYTES.get(cell(columns.dtype));
      const tokens = width !== undefined && size % width === 0 ? size / width : undefined;
      const shard = {
        shardId: truncateName(key, 1024),
        uri: truncate(key, 2048),
        slice: sliceName(label),
        split: 'unknown' as const,
        ...counted('bytes', size, 'declared'),
        ...counted('tokens', tokens, 'inferred'),
      };
      return [{ shard, label, pointer: `line:${line}` }];
    }
    return [];
  });
  const stem = stemOf(file.path);
  const snapshotId = contentId(stem, table.sha256);
  addShardList(collector, { sha256: table.sha256, pointer: '' }, { snapshotId, ...versioned(stem) }, listed);
}
