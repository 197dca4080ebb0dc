import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { CLEAR_LINE, printableJson, printOnlyPrintable } from './printable.ts';

/** A stream, and what has arrived in it. */
function stream() {
  let written = '';
  const write = (chunk: string | Uint8Array): boolean => {
    written += String(chunk);
    return true;
  };
  return { write, written: () => written };
}

/** C0 and C1 but line feed and tab, DEL, and what turns text around. */
const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  const turns = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return (code < 0x20 && !'\n\t'.includes(character)) || (code >= 0x7f && code < 0xa0) || turns;
};

it.each([
  ['a sequence of a terminal', 'a\u001B[2Jb\n', 'a\uFFFD[2Jb\n'],
  ['one of C1', 'a\u009B2Jb\tc', 'a\uFFFD2Jb\tc'],
  ['a bidirectional override', 'a\u202Eb', 'a\uFFFDb'],
  ['a carriage return', 'a\rb', 'a\uFFFDb'],
])('a stream prints %s as what it is not', (_what, text, shown) => {
  const [one, other] = [stream(), stream()];
  printOnlyPrintable([one, other]);
  one.write(text);
  other.write(Buffer.from(text));
  expect([one.written(), other.written()]).toEqual([shown, shown]);
});

it('lets the line of progress be emptied', () => {
  const one = stream();
  printOnlyPrintable([one]);
  one.write(CLEAR_LINE);
  expect(one.written()).toBe(CLEAR_LINE);
});

it('law: no control character passes, and a line of JSON passes unchanged and says the same', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 40 }), (text) => {
      const [any, json] = [stream(), stream()];
      printOnlyPrintable([any, json]);
      any.write(text);
      expect(Array.from(any.written()).filter(isControl)).toEqual([]);
      const line = printableJson(JSON.stringify({ text }));
      json.write(line);
      expect(json.written()).toBe(line);
      expect(JSON.parse(json.written())).toEqual({ text });
    }),
  );
});
