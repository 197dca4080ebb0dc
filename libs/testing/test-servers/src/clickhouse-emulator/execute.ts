import { fillPlaceholders, identifier, oneStatement, quoted } from '@tributary/clickhouse';
import { exception, notImplemented } from './exception.ts';
import { insertFromFile, insertStatement, type InsertStatement } from './insert-statement.ts';
import type { StatementRequest } from './request.ts';
import type { Sessions, Statement } from './sessions.ts';

export type StatementResult = {
  readonly bytes: Uint8Array;
  readonly format: string;
  readonly rowsRead: number;
  readonly bytesRead: number;
};

const READING = new Set(['SELECT', 'WITH', 'SHOW', 'DESCRIBE', 'DESC', 'EXISTS', 'EXPLAIN']);
/** Statements that would change the session for all later requests. */
const SESSION_STATEMENTS = new Set(['SET', 'USE', 'BEGIN', 'COMMIT', 'ROLLBACK']);
/** A server's default `max_query_size`. */
const MAX_SQL_BYTES = 262_144;
/** Statements that accept no FORMAT and no SETTINGS clause. */
const WITHOUT_CLAUSES = new Set(['SYSTEM', 'GRANT', 'REVOKE']);
/** Clauses after CREATE FUNCTION would become part of the body of the function. */
const FUNCTION = /^(?:\s|--[^\n]*\n)*CREATE FUNCTION\b/i;

/** Runs a statement on the session that may run it. Throws the engine's error. */
export async function execute(sessions: Sessions, request: StatementRequest): Promise<StatementResult> {
  const insert = insertStatement(request.sql);
  if (insert) return runInsert(sessions, request, insert);
  const sql = single(request.sql);
  if (Buffer.byteLength(sql) > MAX_SQL_BYTES) throw exception(62, 'SYNTAX_ERROR', 'Max query size exceeded');
  checkParameters(sql, request.parameters);
  const word = firstWord(sql);
  if (SESSION_STATEMENTS.has(word)) throw notImplemented(`${word} has no meaning without a session`);
  const format = formatOf(sql) ?? request.format;
  const statement = { sql: withSettings(sql, word, format, request), format, parameters: request.parameters };
  const answer = await sessions[sessionFor(word, request.method)](statement);
  return { bytes: answer.bytes(), format, rowsRead: answer.rowsRead, bytesRead: answer.bytesRead };
}

const sessionFor = (word: string, method: string): 'urgent' | 'read' | 'write' => {
  if (word === 'KILL') return 'urgent';
  return READING.has(word) || method === 'GET' ? 'read' : 'write';
};

async function runInsert(
  sessions: Sessions,
  request: StatementRequest,
  insert: InsertStatement,
): Promise<StatementResult> {
  if (request.method === 'GET') throw exception(164, 'READONLY', 'Cannot execute query in readonly mode');
  const done = { bytes: new Uint8Array(), format: insert.format, rowsRead: 0, bytesRead: 0 };
  const rows = Buffer.concat([Buffer.from(insert.rows), request.rows]);
  const structure =
    insert.format === 'Native' && rows.length > 0 ? undefined : await structureOf(sessions, insert);
  if (rows.length === 0) return done;
  await sessions.withFile(rows, (path) => {
    const sql = insertFromFile(insert, path, { settings: settingsText(request), structure });
    return sessions.write({ sql, format: 'TabSeparated', parameters: new Map() });
  });
  return done;
}

/** Text formats do not declare their columns, so these come from the table. */
async function structureOf(sessions: Sessions, { table, columns }: InsertStatement): Promise<string> {
  const sql = `DESCRIBE TABLE ${table}`;
  const answer = await sessions.read({ sql, format: 'JSONCompactEachRow', parameters: new Map() });
  const lines = answer.text().trim().split('\n');
  const described = lines.map((line): [string, string, string] => JSON.parse(line));
  const given = new Set(columns.split(',').map((name) => name.trim().replaceAll(/^[`"]|[`"]$/g, '')));
  return described
    .filter(([name, , kind]) => (columns === '' ? kind === '' || kind === 'DEFAULT' : given.has(name)))
    .map(([name, type]) => `${identifier(name)} ${type}`)
    .join(', ');
}

function single(sql: string): string {
  try {
    return oneStatement(sql);
  } catch {
    throw exception(62, 'SYNTAX_ERROR', 'Multi-statements are not allowed');
  }
}

function checkParameters(sql: string, parameters: Statement['parameters']): void {
  fillPlaceholders(sql, (name) => {
    if (parameters.has(name)) return '';
    throw exception(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution \`${name}\` is not set`);
  });
}

const firstWord = (sql: string): string =>
  /^(?:[\s(]|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';

const FORMAT = /\bFORMAT\s+(\w+)\s*(?<settings>SETTINGS\b[^;]*)?$/i;
const formatOf = (sql: string): string | undefined => FORMAT.exec(sql)?.[1];

/** The SETTINGS clause of these statements precedes FORMAT and belongs to the statement, not to a table or a SELECT. */
const CHANGING = new Set(['DROP', 'ALTER', 'TRUNCATE']);
const OWN_SETTINGS = /\bSETTINGS\s+\w+\s*=[^;]*$/i;

/** Adds the settings of the URL to the statement, so that they apply to it only. */
function withSettings(sql: string, word: string, format: string, request: StatementRequest): string {
  const settings = settingsText(request);
  if (WITHOUT_CLAUSES.has(word) || FUNCTION.test(sql)) return sql;
  if (word === 'INSERT') return settings === '' ? sql : insertWithSettings(sql, settings);
  if (CHANGING.has(word) && OWN_SETTINGS.test(sql))
    return `${sql}${settings === '' ? '' : `, ${settings}`}\nFORMAT ${format}`;
  const [formatted, , own] = FORMAT.exec(sql) ?? [];
  const text = formatted === undefined ? `${sql}\nFORMAT ${format}` : sql;
  if (settings === '') return text;
  return own === undefined ? `${text}\nSETTINGS ${settings}` : `${text}, ${settings}`;
}

const insertWithSettings = (sql: string, settings: string): string =>
  sql.replace(
    /(SETTINGS\s+)?(?=\b(?:SELECT|WITH)\b)/i,
    (own: string) => `SETTINGS ${settings}${own === '' ? ' ' : ', '}`,
  );

function settingsText({ settings }: StatementRequest): string {
  for (const name of settings.keys()) {
    if (!/^\w+$/.test(name)) throw exception(115, 'UNKNOWN_SETTING', `Unknown setting '${name}'`);
  }
  return [...settings].map(([name, value]) => `${name} = ${quoted(value)}`).join(', ');
}
