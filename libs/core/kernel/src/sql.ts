import { existsSync, readFileSync } from 'node:fs';
import { valueIn } from './collections.ts';

/** Checks a value and returns it typed. A zod schema is a `Shape`. */
export type Shape<Output> = { parse(value: unknown): Output };

/** A query: its name, its SQL text with `{name:Type}` bindings, and the shapes of its parameters and rows. */
export type Query<Params extends Record<string, unknown>, Row> = {
  readonly name: string;
  readonly sql: string;
  /** A text that reads the same in a log in which nothing is corrected; absent where that makes no difference. */
  readonly withoutCorrections?: string;
  /** The text that reads the same in a log of which imports were withdrawn; absent where that makes no difference. */
  readonly afterWithdrawals?: string;
  /** Rows that an answer may have; a reader refuses one that has more. Absent where the text says how many are read. */
  readonly most?: number;
  readonly params: Shape<Params>;
  readonly row: Shape<Row>;
};

/** The type of a row of a query. */
export type RowOf<Question> = Question extends Query<Record<string, unknown>, infer Row> ? Row : never;

/**
 * Reads rows. Both engine adapters implement it. Contexts use nothing else of the engine. Once `currentSignal` aborts it
 * rejects with the reason; a query that has not begun is not begun, and the engine is told to end one that runs.
 */
export type SqlReader = {
  all<Params extends Record<string, unknown>, Row>(query: Query<Params, Row>, params: Params): Promise<Row[]>;
};

/**
 * Loads `queries/<name>.sql` from the folder of the module at `moduleUrl`. A block comment with only the name of another
 * file, such as `corrected-events.sql`, is replaced by the query in that file, so that several queries share one
 * definition. The file is in the same folder or in the kernel's. `instead` names other files for some of them: one text
 * then asks the same question of two tables. What reads corrections gets the texts for a log without any and for one with
 * withdrawn imports, too.
 * A text that ends with `LIMIT 10000`, or a larger round number, reads at most so many rows: one row more is asked for, and
 * an answer that has it is refused, because nobody would know what it lacks. Where a caller handles what is cut off, the text
 * reads one row more than the caller takes (`LIMIT 10001`). Throws the error of the file system for a missing file.
 */
export function query<Params extends Record<string, unknown>, Row>(
  moduleUrl: string,
  name: string,
  shapes: { params: Shape<Params>; row: Shape<Row> },
  instead: Readonly<Record<string, string>> = {},
): Query<Params, Row> {
  const sql = readFileSync(new URL(`queries/${name}.sql`, moduleUrl), 'utf8');
  const whole = (more: Definitions['instead']) =>
    withDefinitions(sql, { moduleUrl, instead: { ...instead, ...more } });
  return limited({ name, ...textsOf(whole, { moduleUrl, instead }), ...shapes });
}

type Texts = Pick<Query<never, never>, 'sql' | 'withoutCorrections' | 'afterWithdrawals'>;

function textsOf(whole: (more: Definitions['instead']) => string, from: Definitions): Texts {
  const text = whole({});
  if (!text.includes(CORRECTIONS)) return { sql: text };
  const standing = withDefinitions('/*standing-corrections.sql*/', from);
  const afterWithdrawals = whole(AFTER_WITHDRAWALS).replaceAll(CORRECTIONS, () => `(${standing})`);
  return { sql: text, withoutCorrections: whole(WITHOUT_CORRECTIONS), afterWithdrawals };
}

const LIMIT = /\nLIMIT (\d{4,}0)\s*$/;

/** The query with one row more than it may have, where its text says how many those are. */
function limited<Params extends Record<string, unknown>, Row>(asked: Query<Params, Row>): Query<Params, Row> {
  const most = Number(LIMIT.exec(asked.sql)?.[1]);
  if (!most) return asked;
  return { ...withTexts(asked, (text) => text.replace(LIMIT, `\nLIMIT ${most + 1}`)), most };
}

/** The query with each of its texts changed in the same way. */
export function withTexts<Params extends Record<string, unknown>, Row>(
  { sql, withoutCorrections, afterWithdrawals, ...others }: Query<Params, Row>,
  change: (text: string) => string,
): Query<Params, Row> {
  return {
    ...others,
    sql: change(sql),
    ...(withoutCorrections !== undefined && { withoutCorrections: change(withoutCorrections) }),
    ...(afterWithdrawals !== undefined && { afterWithdrawals: change(afterWithdrawals) }),
  };
}

/** What corrections are read from. After a withdrawal, a definition takes the place of the table. */
const CORRECTIONS = 'tributary.log_correction';

/** Definitions without rows, which take the place of those that read corrections. Planning those costs more than most queries. */
const WITHOUT_CORRECTIONS = {
  'corrected-events.sql': 'no-events.sql',
  'corrected-points.sql': 'no-points.sql',
  'corrected-steps.sql': 'no-steps.sql',
};

/**
 * Definitions that find corrections by their stream or say their reason, which the withdrawal of an event does not have, and
 * those of withdrawals alone.
 */
const AFTER_WITHDRAWALS = {
  'changes.sql': 'changes-and-withdrawals.sql',
  'corrected-points.sql': 'uncounted-points.sql',
  'corrected-steps.sql': 'uncounted-steps.sql',
  'no-withdrawals.sql': 'withdrawn-events.sql',
};

const INCLUDED = /\/\*([a-z-]+\.sql)\*\//g;

type Definitions = { readonly moduleUrl: string; readonly instead: Readonly<Record<string, string>> };

/** The text with the definitions that it names, at any depth. */
export const withDefinitions = (sql: string, from: Definitions): string =>
  sql.replaceAll(INCLUDED, (_, file: string) =>
    withDefinitions(definition(valueIn(from.instead, file) ?? file, from.moduleUrl), from),
  );

/** Texts of definitions that were read, by the folder of the question and their name: most questions share a few of them. */
const read = new Map<string, string>();

/** The text of a definition without its leading comments. */
function definition(file: string, moduleUrl: string): string {
  const own = new URL(`queries/${file}`, moduleUrl).href;
  const known = read.get(own);
  if (known !== undefined) return known;
  const url = new URL(own);
  const path = existsSync(url) ? url : new URL(`queries/${file}`, import.meta.url);
  const text = readFileSync(path, 'utf8')
    .replace(/^(?:--[^\n]*\n)+/, '')
    .trim();
  read.set(own, text);
  return text;
}
