import { Fault } from '@tributary/kernel';
import { fillPlaceholders } from '../statement.ts';

/**
 * The values that a query asks for. The client would send a missing one as an empty text and a Date
 * without its fractions, so both are refused, as the embedded engine does.
 */
export function parametersFor(sql: string, given: Record<string, unknown>): Record<string, unknown> {
  const used: Record<string, unknown> = {};
  fillPlaceholders(sql, (name, type) => {
    if (type === 'Identifier')
      throw new Fault('bad_parameter', `parameter ${name}: identifiers cannot be parameters`);
    if (given[name] === undefined) throw new Fault('bad_parameter', `parameter ${name} (${type}) is missing`);
    check(name, given[name]);
    used[name] = given[name];
    return '';
  });
  return used;
}

function check(name: string, value: unknown): void {
  if (value instanceof Date)
    throw new Fault('bad_parameter', `parameter ${name}: give times as text, a Date loses digits`);
  if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) check(name, item);
  else if (!SENDABLE.has(typeof value) && value !== null)
    throw new Fault('bad_parameter', `parameter ${name}: ${typeof value} is no SQL value`);
}

const SENDABLE = new Set(['string', 'number', 'bigint', 'boolean']);
