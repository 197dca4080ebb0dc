import { existsSync, readFileSync } from 'node:fs';

/** Checks a value and gives it its type; a zod schema is one. */
export type Shape<Output> = { parse(value: unknown): Output };

/** One question: its name, its SQL text with `{name:Type}` bindings, what it takes and what a row holds. */
export type Query<Params extends Record<string, unknown>, Row> = {
  readonly name: string;
  readonly sql: string;
  readonly params: Shape<Params>;
  readonly row: Shape<Row>;
};

/** What a row of a query holds. */
export type RowOf<Question> = Question extends Query<Record<string, unknown>, infer Row> ? Row : never;

/** Reads rows. Both engine adapters implement it; contexts see nothing else of the engine. */
export type SqlReader = {
  all<Params extends Record<string, unknown>, Row>(query: Query<Params, Row>, params: Params): Promise<Row[]>;
};

/**
 * Loads `queries/<name>.sql`, which stands beside the module at `moduleUrl`. A block comment that holds nothing but the
 * name of another file, `corrected-events.sql`, is replaced by the query in that file: a definition that several
 * queries need is written once. That file lies in the same folder, or in the kernel's.
 */
export function query<Params extends Record<string, unknown>, Row>(
  moduleUrl: string,
  name: string,
  shapes: { params: Shape<Params>; row: Shape<Row> },
): Query<Params, Row> {
  const sql = readFileSync(new URL(`queries/${name}.sql`, moduleUrl), 'utf8');
  return { name, sql: withDefinitions(sql, moduleUrl), ...shapes };
}

const INCLUDED = /\/\*([a-z-]+\.sql)\*\//g;

const withDefinitions = (sql: string, moduleUrl: string): string =>
  sql.replaceAll(INCLUDED, (_, file: string) => withDefinitions(definition(file, moduleUrl), moduleUrl));

/** The text of a definition without the comments above it. */
function definition(file: string, moduleUrl: string): string {
  const own = new URL(`queries/${file}`, moduleUrl);
  const path = existsSync(own) ? own : new URL(`queries/${file}`, import.meta.url);
  return readFileSync(path, 'utf8')
    .replace(/^(?:--[^\n]*\n)+/, '')
    .trim();
}
