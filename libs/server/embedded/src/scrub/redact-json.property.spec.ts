import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactJson } from './redact-json.ts';
import { listedRedactor } from './redactor.ts';

const SECRET = 'se"cr\\et ü';
const redactor = () => listedRedactor([SECRET]);

/** Numbers as producers write them: longer than a program holds, with exponents and ends of zeros. */
const number = fc.constantFrom('0', '-0', '1.0', '1e400', '123456789012345678901234567890.10', '-7E+2');
const text = fc
  .oneof(fc.string({ maxLength: 8 }), fc.constantFrom('1.0', '"', '\\', `a ${SECRET} b`, 'number 1'))
  .filter((one) => one.isWellFormed());

/** A text of JSON, and the same with every secret redacted. */
type Both = { readonly given: string; readonly redacted: string };

const both = (given: string, redacted: string): Both => ({ given, redacted });
const string = text.map((one) =>
  both(JSON.stringify(one), JSON.stringify(one.replaceAll(SECRET, '[redacted:listed]'))),
);
const json = fc.letrec<{ value: Both }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    string,
    number.map((one) => both(one, one)),
    fc.constantFrom('true', 'null').map((one) => both(one, one)),
    fc
      .array(tie('value'), { maxLength: 4 })
      .map((all) =>
        both(
          `[${all.map(({ given }) => given).join(',')}]`,
          `[${all.map(({ redacted }) => redacted).join(',')}]`,
        ),
      ),
    fc.array(tie('value'), { maxLength: 4 }).map((all) => {
      const members = (of: keyof Both) => all.map((one, index) => `"k${index}":${one[of]}`).join(',');
      return both(`{${members('given')}}`, `{${members('redacted')}}`);
    }),
  ),
})).value;

it('redacts texts wherever they are, and keeps every other character', () => {
  fc.assert(
    fc.property(json, ({ given, redacted }) => {
      expect(redactJson(given, redactor())?.text).toBe(given === redacted ? undefined : redacted);
    }),
    { seed: 15, numRuns: 2_000 },
  );
});

it('finds a secret within JSON that is a text, and in a name', () => {
  const inner = JSON.stringify({ inner: SECRET });
  const redacted = redactJson(JSON.stringify({ [SECRET]: inner, n: 1 }), redactor());
  expect(redacted?.text).toBe('{"[redacted:listed]":"{\\"inner\\":\\"[redacted:listed]\\"}","n":1}');
});
