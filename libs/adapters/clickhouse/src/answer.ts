import { Fault, type Query } from '@tributary/kernel';

/** Names, types, then one array a row. The settings beside it quote 64-bit integers and name NaN and infinities. */
export const ANSWER_FORMAT = 'JSONCompactEachRowWithNamesAndTypes';
export const ANSWER_SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_denormals: 1,
} as const;

/** Rows of an answer, each checked by the query's shape. 64-bit integers are decimal text. */
export function rowsOf<Params extends Record<string, unknown>, Row>(
  query: Query<Params, Row>,
  text: string,
): Row[] {
  return objectsOf(text).map((row) => {
    try {
      return query.row.parse(row);
    } catch (cause) {
      throw new Fault(
        'unexpected_row',
        `query ${query.name} answers with rows of another shape: ${String(cause)}`,
        { cause },
      );
    }
  });
}

export function objectsOf(text: string): Record<string, unknown>[] {
  const parsed: unknown = JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`);
  if (!isTable(parsed)) return [];
  const [names, types, ...rows] = parsed;
  const columns = names.map((name, place) => ({ name: String(name), real: isReal(String(types[place])) }));
  return rows.map((row) => objectOf(columns, row));
}

const isTable = (value: unknown): value is [unknown[], unknown[], ...unknown[][]] =>
  Array.isArray(value) && value.length >= 2;

type AnswerColumn = { readonly name: string; readonly real: boolean };

function objectOf(columns: readonly AnswerColumn[], row: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [place, { name, real }] of columns.entries())
    object[name] = real ? realOf(row[place]) : row[place];
  return object;
}

/** Floats, alone or as the values of arrays and maps; not tuples, where text may stand beside them. */
const isReal = (type: string): boolean => /\b(?:B?Float)\d+\)*$/.test(type) && !type.includes('Tuple(');

const DENORMALS = new Map<unknown, number>([
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

function realOf(value: unknown): unknown {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(realOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, realOf(item)]));
  }
  return DENORMALS.get(value) ?? value;
}
