import { Fault, valueIn } from '@tributary/kernel';

/** A quoted string, a comment, a placeholder `{name:Type}`, or the end of a statement. */
const TOKEN =
  /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\/|\{(?<name>\w+)\s*:\s*(?<type>[^{}]+)\}|;/g;

/** The statement without a final semicolon. Throws Fault `several_statements`, because the engine would run all of them. */
export function oneStatement(sql: string): string {
  const text = sql.trim().replace(/;$/, '');
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ';')
      throw new Fault(
        'several_statements',
        `more than one statement: send them one at a time: ${text.slice(0, 80)}`,
      );
  }
  return text;
}

/** Replaces each placeholder `{name:Type}` by the SQL that `render` returns. Strings and comments stay as they are. */
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

/** A SQL string literal. */
export const quoted = (text: string): string =>
  `'${text.replaceAll(/[\\'\n\r\t\0\b\f]/g, (unit) => valueIn(ESCAPES, unit) ?? unit)}'`;

/** A SQL identifier in backticks. */
export const identifier = (name: string): string => `\`${name.replaceAll(/[\\`]/g, (unit) => `\\${unit}`)}\``;
