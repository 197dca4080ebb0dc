import { Fault } from '@tributary/kernel';

/** `Map(String, Nullable(UInt8))` has the name `Map` and two arguments. Arguments are not parsed. */
export type ColumnType = { readonly text: string; readonly name: string; readonly args: readonly string[] };

/** Parses a column type. Throws Fault `unsupported_type`. */
export function columnType(text: string): ColumnType {
  const open = text.indexOf('(');
  if (open < 0) return { text, name: text, args: [] };
  if (!text.endsWith(')')) throw new Fault('unsupported_type', `"${text}" is not a column type`);
  return { text, name: text.slice(0, open), args: splitArguments(text.slice(open + 1, -1)) };
}

/** Splits at commas outside brackets and quotes. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(/'(?:[^'\\]|\\.)*'|[(),]/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (token === ',' && depth === 0) {
      parts.push(text.slice(from, index).trim());
      from = index + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === '' ? parts : [...parts, last];
}
