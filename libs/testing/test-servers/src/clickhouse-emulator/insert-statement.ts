/** The parts of `INSERT INTO table (columns) SETTINGS … FORMAT name` (or `VALUES`) and the rows after it. */
export type InsertStatement = {
  readonly table: string;
  /** The column names as written, without brackets. Empty for all columns. */
  readonly columns: string;
  readonly settings: string;
  readonly format: string;
  /** Rows that are part of the statement. */
  readonly rows: string;
};

const NAME = '(?:\\w+|`[^`]+`|"[^"]+")';
const HEAD = new RegExp(
  `^INSERT\\s+INTO\\s+(?:TABLE\\s+)?(?<table>${NAME}(?:\\.${NAME})?)\\s*(?:\\((?<columns>[^()]*)\\))?\\s*(?<rest>[\\s\\S]*)$`,
  'i',
);
/** The first keyword outside quotes determines the source of the rows. */
const REST =
  /^(?:SETTINGS\s+(?<settings>(?:'(?:[^'\\]|\\[\s\S])*'|[^'])*?)\s*)?\b(?:FORMAT\s+(?<format>\w+)|(?<values>VALUES)|SELECT|WITH|\()(?<rows>[\s\S]*)$/i;

/** Undefined if the rows come from a query, or if it is another statement. */
export function insertStatement(sql: string): InsertStatement | undefined {
  const { table, columns, rest = '' } = HEAD.exec(sql)?.groups ?? {};
  const source = sourceOf(rest);
  return table === undefined || source === undefined
    ? undefined
    : { table, columns: columns ?? '', ...source };
}

function sourceOf(rest: string): Pick<InsertStatement, 'settings' | 'format' | 'rows'> | undefined {
  const { settings, values, format = values && 'Values', rows = '' } = REST.exec(rest)?.groups ?? {};
  return format === undefined ? undefined : { settings: settings ?? '', format, rows: rows.trimStart() };
}

/** The same insert with its rows in a file. `structure` declares the columns of the file if its format does not. */
export function insertFromFile(
  { table, columns, settings, format }: InsertStatement,
  path: string,
  more: { readonly settings: string; readonly structure: string | undefined },
): string {
  const all = [settings, more.settings].filter((text) => text !== '').join(', ');
  const structure = more.structure === undefined ? '' : `, '${more.structure.replaceAll(/[\\']/g, '\\$&')}'`;
  return [
    `INSERT INTO ${table}`,
    columns === '' ? '' : `(${columns})`,
    all === '' ? '' : `SETTINGS ${all}`,
    `SELECT ${columns === '' ? '*' : columns} FROM file('${path}', '${format}'${structure})`,
  ].join(' ');
}
