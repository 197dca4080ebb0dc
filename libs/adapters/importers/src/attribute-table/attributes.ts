import type { SourceFile } from '../files/folder.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import { numberIn, whyNoNumber } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { tableIn } from '../files/table.ts';
import { truncateName } from '../facts/text.ts';
import { addAttributeValues } from '../facts/attribute-values.ts';

const KEYS = ['row', 'doc_id', 'document', 'id'];

/** Scores that depend on a normaliser. The other columns are raw counts. */
const NORMALISED = ['structure_score', 'logic_score', 'cirs'];

export type AttributeColumns = { readonly key: number; readonly values: readonly number[] };

/** The key column and the value columns; undefined if the table has no cirs scores. */
export function attributesIn(columns: readonly string[]): AttributeColumns | undefined {
  const key = columns.findIndex((column) => KEYS.includes(column));
  if (key < 0 || !columns.includes('cirs')) return undefined;
  return { key, values: columns.flatMap((_column, index) => (index === key ? [] : [index])) };
}

/** Adds one fact for each column and chunk of documents. */
export async function readAttributes(
  file: SourceFile,
  collector: FactCollector,
  normaliserId: string | undefined,
): Promise<void> {
  const table = await tableIn(file, collector.findings);
  const columns = table && attributesIn(table.columns);
  if (!columns) return;
  if (normaliserId === undefined) {
    const why =
      'the folder does not have exactly one normaliser, so these scores cannot be compared with those of other corpora';
    collector.findings.leaveUnresolved(file.path, '', why);
  }
  const corpus = contentId(stemOf(file.path), table.sha256);
  for (const column of columns.values) {
    const name = table.columns[column] ?? '';
    const values = table.rows.flatMap(({ cells, line }) => {
      const cell = cells[column] ?? '';
      const value = numberIn(cell);
      if (value !== undefined)
        return [{ ref: truncateName(`${corpus}/${cells[columns.key] ?? ''}`, 1024), value }];
      collector.findings.reject(`${file.path}:${line}`, name, whyNoNumber(cell));
      return [];
    });
    const normalised = NORMALISED.includes(name);
    const instrument = { name: 'cirs', ...(normalised && normaliserId !== undefined && { normaliserId }) };
    const origin = { sha256: table.sha256, pointer: '' };
    addAttributeValues(collector, origin, `${corpus}|${column}|${name}|${normaliserId ?? ''}`, {
      attribute: name === 'cirs' ? 'cirs' : truncateName(`cirs.${name}`, 256),
      subjectKind: 'document',
      instrument,
      method: 'reported',
      values,
    });
  }
}
