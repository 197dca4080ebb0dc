import { parseJson } from './parse.ts';

const LITERALS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['-NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/**
 * JSON as Python's json module writes it: NaN, Infinity and -Infinity may stand where a number does, and a byte order
 * mark may precede the text. Throws SyntaxError.
 */
export function tolerantJson(text: string): unknown {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return /\b(?:NaN|Infinity)\b/.test(plain) ? parseJson(Buffer.from(plain), LITERALS) : JSON.parse(plain);
}
