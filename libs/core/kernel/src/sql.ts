import { readFileSync } from 'node:fs';

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

/** Loads `queries/<name>.sql`, which stands beside the module at `moduleUrl`. */
export function query<Params extends Record<string, unknown>, Row>(
  moduleUrl: string,
  name: string,
  shapes: { params: Shape<Params>; row: Shape<Row> },
): Query<Params, Row> {
  const sql = readFileSync(new URL(`queries/${name}.sql`, moduleUrl), 'utf8');
  return { name, sql, ...shapes };
}
