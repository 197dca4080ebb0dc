import { Fault } from '@tributary/kernel';
import { columnType } from './native/column-type.ts';
import { quoted } from './statement.ts';

/**
 * A parameter as a constant of its declared type, which the engine casts and checks.
 * Bound parameters would be serialised over all sessions of the process.
 */
export function literal(name: string, type: string, value: unknown): string {
  if (type === 'Identifier')
    throw new Fault('bad_parameter', `parameter ${name}: identifiers cannot be parameters`);
  if (value === undefined) throw new Fault('bad_parameter', `parameter ${name} (${type}) is missing`);
  if (value === null) return `CAST(NULL AS ${type})`;
  const { name: outer, args } = columnType(type);
  if (outer === 'Map' && typeof value === 'object') return mapLiteral(name, args, value);
  return `CAST(${quoted(typeof value === 'string' ? value : inner(name, value))} AS ${type})`;
}

/** Text cannot be cast to a map, only to arrays. */
function mapLiteral(name: string, [key, item]: readonly string[], value: object): string {
  const keys = literal(name, `Array(${key})`, Object.keys(value));
  return `mapFromArrays(${keys}, ${literal(name, `Array(${item})`, Object.values(value))})`;
}

/** The text form of a value, as the engine parses it inside arrays and maps. */
function inner(name: string, value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return composite(name, value);
  throw new Fault('bad_parameter', `parameter ${name}: ${typeof value} is no SQL value`);
}

function numberText(value: number | bigint): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  return value === -Infinity ? '-inf' : String(value);
}

function composite(name: string, value: object): string {
  if (Array.isArray(value)) return `[${value.map((item) => inner(name, item)).join(',')}]`;
  if (value instanceof Date)
    throw new Fault('bad_parameter', `parameter ${name}: give times as text, a Date loses digits`);
  return `{${Object.entries(value)
    .map(([key, item]) => `${quoted(key)}:${inner(name, item)}`)
    .join(',')}}`;
}
