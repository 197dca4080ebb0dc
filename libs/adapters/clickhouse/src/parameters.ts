import { Fault, valueIn } from '@tributary/kernel';
import { columnType } from './native/column-type.ts';
import { fillPlaceholders, quoted } from './statement.ts';

/**
 * A parameter as a SQL constant that the engine casts to the declared type. Used instead of bound parameters, which chDB
 * serialises over all sessions of the process. Throws Fault `bad_parameter`.
 */
export function literal(name: string, type: string, value: unknown): string {
  checkGiven(name, type, value);
  if (value === null) return `CAST(NULL AS ${type})`;
  const { name: outer, args } = columnType(type);
  if (outer === 'Map' && typeof value === 'object') return mapLiteral(name, args, value);
  return `CAST(${quoted(typeof value === 'string' ? value : inner(name, value))} AS ${type})`;
}

/** The engine casts strings to arrays, but not to maps. */
function mapLiteral(name: string, [key, item]: readonly string[], value: object): string {
  const keys = literal(name, `Array(${key})`, Object.keys(value));
  return `mapFromArrays(${keys}, ${literal(name, `Array(${item})`, Object.values(value))})`;
}

/** A value as the engine parses it inside arrays and maps. */
function inner(name: string, value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return composite(name, value);
  throw notSql(name, value);
}

function numberText(value: number | bigint): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  return value === -Infinity ? '-inf' : String(value);
}

function composite(name: string, value: object): string {
  if (Array.isArray(value)) return `[${value.map((item) => inner(name, item)).join(',')}]`;
  if (value instanceof Date) throw dateGiven(name);
  return `{${Object.entries(value)
    .map(([key, item]) => `${quoted(key)}:${inner(name, item)}`)
    .join(',')}}`;
}

/**
 * The parameters of a query for a server, checked like those of the embedded engine. The client would send a missing one
 * as an empty string and a Date without its fractions of a second. Throws Fault `bad_parameter`.
 */
export function parametersFor(sql: string, given: Record<string, unknown>): Record<string, unknown> {
  const used = new Map<string, unknown>();
  fillPlaceholders(sql, (name, type) => {
    const value = valueIn(given, name);
    checkGiven(name, type, value);
    checkSendable(name, value);
    used.set(name, value);
    return '';
  });
  return Object.fromEntries(used);
}

const SENDABLE = new Set(['string', 'number', 'bigint', 'boolean']);

function checkSendable(name: string, value: unknown): void {
  if (value instanceof Date) throw dateGiven(name);
  if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) checkSendable(name, item);
  else if (!SENDABLE.has(typeof value) && value !== null) throw notSql(name, value);
}

function checkGiven(name: string, type: string, value: unknown): void {
  if (type === 'Identifier')
    throw new Fault('bad_parameter', `parameter ${name}: an identifier cannot be a parameter`);
  if (value === undefined) throw new Fault('bad_parameter', `parameter ${name} (${type}) is missing`);
}

const dateGiven = (name: string): Fault =>
  new Fault('bad_parameter', `parameter ${name}: pass times as strings, because a Date loses digits`);

const notSql = (name: string, value: unknown): Fault =>
  new Fault('bad_parameter', `parameter ${name}: a ${typeof value} is not a SQL value`);
