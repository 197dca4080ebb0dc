/** `INSERT INTO table (columns) SETTINGS … FORMAT name` or `VALUES`, then rows. */
export type InsertStatement = {
  readonly table: string;
  /** Names as they were written, without brackets; all columns where it is empty. */
  readonly columns: string;
  readonly settings: string;
  readonly format: string;
  /** Rows that stood in the text itself. */
  readonly rows: string;
};

const NAME = '(?:\\w+|`[^`]+`|"[^"]+")';
const HEAD = new RegExp(
  `^INSERT\\s+INTO\\s+(?:TABLE\\s+)?(?<table>${NAME}(?:\\.${NAME})?)\\s*(?:\\((?<columns>[^()]*)\\))?\\s*(?<rest>[\\s\\S]*)$`,
  'i',
);
/** The first keyword outside quotes says where rows come from. */
const REST =
  /^(?:SETTINGS\s+(?<settings>(?:'(?:[^'\\]|\\[\s\S])*'|[^'])*?)\s*)?\b(?:FORMAT\s+(?<format>\w+)|(?<values>VALUES)|SELECT|WITH|\()(?<rows>[\s\S]*)$/i;

/** Undefined where the rows come from a query, or where it is another statement. */
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

/** The same insert with its rows in a file. `structure` is what the file holds, where the format does not say it. */
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
