import { redactSecrets } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactJson } from './redact-json.ts';
import { builtInRedactor, listedRedactor } from './redactor.ts';

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

const named = fc.constantFrom(
  'password',
  'api_key',
  'API_KEY',
  'value',
  'Value',
  'name',
  'key',
  'lr',
  'desc',
);
const member = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(
      'hunter22',
      '--api-key',
      'password',
      'API_KEY',
      'DB_PASSWORD=hunter22',
      '{"password":"hunter22"}',
    ),
    fc.constantFrom(12_345_678, 0.5, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(named, tie('value'), { maxKeys: 3 }),
  ),
})).value;

it('leaves nothing in which the scan of an import finds a secret', () => {
  fc.assert(
    fc.property(member, (given) => {
      const text = JSON.stringify(given);
      const left: unknown = JSON.parse(redactJson(text, builtInRedactor())?.text ?? text);
      expect(redactSecrets(left).found).toEqual([]);
    }),
    { seed: 81, numRuns: 5_000, examples: [[{ api_key: { value: 'hunter22', desc: null } }]] },
  );
});
