import type { Redactor } from './redactor.ts';

/** Texts and numbers of JSON. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** A number stands as a text that begins so, because some numbers have no exact form in a program. */
const NUMBER = '\u0000number ';

/** A JSON text without its secrets, and otherwise as it was but for white space; undefined where it has none. */
export function redactJson(text: string, redactor: Pick<Redactor, 'json'>): string | undefined {
  const value: unknown = JSON.parse(text);
  const redacted = redactor.json(value);
  if (JSON.stringify(redacted) === JSON.stringify(value)) return undefined;
  return numbered(JSON.stringify(withNumbers(marked(text), redacted)));
}

const marked = (text: string): unknown =>
  JSON.parse(text.replaceAll(TOKEN, (token) => (token[0] === '"' ? token : JSON.stringify(NUMBER + token))));

/** The redacted value with the numbers of the other one, which has the same shape. */
function withNumbers(numbers: unknown, redacted: unknown): unknown {
  if (typeof numbers === 'string' && numbers.startsWith(NUMBER)) return numbers;
  if (Array.isArray(numbers) && Array.isArray(redacted)) {
    const items: readonly unknown[] = redacted;
    return numbers.map((item: unknown, index) => withNumbers(item, items[index]));
  }
  if (typeof numbers !== 'object' || numbers === null) return redacted;
  if (typeof redacted !== 'object' || redacted === null) return redacted;
  const members: unknown[] = Object.values(numbers);
  return Object.fromEntries(
    Object.entries(redacted).map(([key, member], index) => [key, withNumbers(members[index], member)]),
  );
}

const MARKED = /"\\u0000number ([^"]*)"/g;

const numbered = (text: string): string => text.replaceAll(MARKED, '$1');
