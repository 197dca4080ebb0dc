import { Fault } from '@tributary/kernel';

/** Text in quotes, comments, a placeholder `{name:Type}`, or the end of a statement. */
const TOKEN =
  /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\/|\{(?<name>\w+)\s*:\s*(?<type>[^{}]+)\}|;/g;

/** The engine would run every statement of a text; we send one. */
export function oneStatement(sql: string): string {
  const text = sql.trim().replace(/;$/, '');
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ';') throw new Fault('several_statements', `one statement at a time: ${text.slice(0, 80)}`);
  }
  return text;
}

/** Puts values where the placeholders stand. `render` answers with SQL. */
export function fillPlaceholders(sql: string, render: (name: string, type: string) => string): string {
  return sql.replaceAll(TOKEN, (...match) => {
    const groups: unknown = match.at(-1);
    const { name, type } = isPlaceholder(groups) ? groups : { name: undefined, type: undefined };
    return name === undefined || type === undefined ? String(match[0]) : render(name, type.trim());
  });
}

const isPlaceholder = (groups: unknown): groups is { name: string | undefined; type: string | undefined } =>
  typeof groups === 'object' && groups !== null && 'name' in groups;

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
};

/** A string literal. */
export const quoted = (text: string): string =>
  `'${text.replaceAll(/[\\'\n\r\t\0\b\f]/g, (unit) => ESCAPES[unit] ?? unit)}'`;

/** An identifier. */
export const identifier = (name: string): string => `\`${name.replaceAll(/[\\`]/g, (unit) => `\\${unit}`)}\``;
