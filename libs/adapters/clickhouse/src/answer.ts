import { answersTurn, Fault, type Query } from '@tributary/kernel';

/** Lines of names, types, then one array per row. The settings make 64-bit integers, NaN and infinities strings. */
export const ANSWER_FORMAT = 'JSONCompactEachRowWithNamesAndTypes';
export const ANSWER_SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_denormals: 1,
} as const;

/** Characters of an answer that are parsed before others have their turn. */
const PORTION = 128 * 1024;

/** The rows of an answer, each parsed by the query's row shape. 64-bit integers are decimal strings. Throws Fault `unexpected_row`, and `too_many_rows` where the query may not have so many. */
export async function rowsOf<Params extends Record<string, unknown>, Row>(
  query: Query<Params, Row>,
  text: string,
): Promise<Row[]> {
  const rows: Row[] = [];
  let columns: readonly AnswerColumn[] | undefined;
  for (const lines of portions(text)) {
    if (columns) await answersTurn();
    const cells = cellsOf(lines);
    columns ??= columnsOf(cells.splice(0, 2));
    for (const row of cells) rows.push(parsed(query, objectOf(columns, row)));
    if (rows.length > (query.most ?? Infinity)) throw tooManyRows(query);
  }
  return rows;
}

const tooManyRows = ({ name, most }: Pick<Query<never, never>, 'name' | 'most'>): Fault =>
  new Fault(
    'too_many_rows',
    `query ${name} may read ${most} rows, and there are more, so that an answer would lack some; ask about fewer runs, shards or steps`,
  );

/** The lines of an answer in portions: no string in it contains a line break. */
function* portions(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const second = start === 0 ? text.indexOf('\n') + 1 : start;
    const end = text.indexOf('\n', Math.max(second, start + PORTION)) + 1 || text.length;
    yield text.slice(start, end);
    start = end;
  }
}

function parsed<Row>({ name, row: shape }: Pick<Query<never, Row>, 'name' | 'row'>, row: unknown): Row {
  try {
    return shape.parse(row);
  } catch (cause) {
    throw new Fault(
      'unexpected_row',
      `query ${name} returned a row of an unexpected shape: ${String(cause)}`,
      { cause },
    );
  }
}

/** The rows of a short answer as objects, unchecked. */
export function objectsOf(text: string): Record<string, unknown>[] {
  const rows = cellsOf(text);
  const columns = columnsOf(rows.splice(0, 2));
  return rows.map((row) => objectOf(columns, row));
}

const cellsOf = (lines: string): unknown[][] => JSON.parse(`[${lines.trimEnd().replaceAll('\n', ',')}]`);

/** From the first two lines of an answer. One to a statement that returns nothing is empty. */
const columnsOf = ([names = [], types = []]: readonly (readonly unknown[])[]): AnswerColumn[] =>
  names.map((name, index) => ({ name: String(name), isFloat: isFloat(String(types[index])) }));

type AnswerColumn = { readonly name: string; readonly isFloat: boolean };

function objectOf(columns: readonly AnswerColumn[], row: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [index, { name, isFloat }] of columns.entries())
    object[name] = isFloat ? floatOf(row[index]) : row[index];
  return object;
}

/** Floats, and arrays and maps of floats. Tuples are excluded, because their other elements may be strings. */
const isFloat = (type: string): boolean => /\b(?:B?Float)\d+\)*$/.test(type) && !type.includes('Tuple(');

const DENORMALS = new Map<unknown, number>([
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

function floatOf(value: unknown): unknown {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(floatOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, floatOf(item)]));
  }
  return DENORMALS.get(value) ?? value;
}
