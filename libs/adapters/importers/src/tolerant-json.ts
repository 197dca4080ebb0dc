/** A string, or a number that standard JSON lacks. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

const MARK = '\u0000tributary:';

const VALUES = new Map([
  ['NaN', Number.NaN],
  ['-NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** Parses JSON as Python's json module writes it: bare NaN, Infinity and -Infinity are numbers. Throws SyntaxError. */
export function tolerantJson(text: string): unknown {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (!/\b(?:NaN|Infinity)\b/.test(plain)) return JSON.parse(plain);
  const marked = plain.replace(TOKEN, (token) =>
    token.startsWith('"') ? token : JSON.stringify(MARK + token),
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? VALUES.get(value.slice(MARK.length)) : value,
  );
}
