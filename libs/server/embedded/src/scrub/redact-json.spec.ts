import { expect, it } from 'vitest';
import { redactJson } from './redact-json.ts';
import { redactText } from './redact-text.ts';
import { builtInRedactor, listedRedactor } from './redactor.ts';

const listed = (...secrets: string[]) => listedRedactor(secrets);

it.each([
  [
    'names that differ in the secret alone go on to differ',
    ['sekret1', 'sekret2'],
    '{"sekret1-x":1,"sekret2-x":2,"c":3}',
    '{"[redacted:listed]-x":1,"[redacted:listed]-x-2":2,"c":3}',
  ],
  [
    'a name that is there already is not taken',
    ['sekret1'],
    '{"sekret1":1,"sekret1":2,"[redacted:listed]":3,"[redacted:listed]-2":{"sekret1":4}}',
    '{"[redacted:listed]-3":1,"[redacted:listed]-4":2,"[redacted:listed]":3,"[redacted:listed]-2":{"[redacted:listed]":4}}',
  ],
  [
    'names of digits keep their places',
    ['12345678'],
    '{"12345678":1,"99":2,"999999999":5,"a":12345678,"b":0.123456789}',
    '{"[redacted:listed]":1,"99":2,"999999999":5,"a":"[redacted:listed]","b":"[redacted:listed]"}',
  ],
  [
    'the first of two equal names',
    ['sekret1'],
    '{ "a" : "sekret1",\n"a":"x" }',
    '{ "a" : "[redacted:listed]",\n"a":"x" }',
  ],
  ['escapes', ['sekret1'], '{"a":"\\u0073ekret1 \\/ \\u00e9"}', '{"a":"[redacted:listed] \\/ \\u00e9"}'],
  ['a form that an escape makes', ['nekret1'], '["\\nekret1"]', '["[redacted:listed]"]'],
  [
    'JSON in JSON of a writer that knows ASCII alone',
    ['sékret'],
    '["{\\"a\\":\\"s\\\\u00e9kret\\"}"]',
    '["{\\"a\\":\\"[redacted:listed]\\"}"]',
  ],
  [
    'JSON in JSON of a writer that escapes for pages',
    ["a&b<c/d'e"],
    '["{\\"a\\":\\"a\\\\u0026b\\\\u003Cc\\\\/d\\\\u0027e\\"}"]',
    '["{\\"a\\":\\"[redacted:listed]\\"}"]',
  ],
  [
    'addresses of other writers',
    ['p@s/w!rd x'],
    '["u:p%40s%2fw%21rd+x@h","u:p%40s%2Fw!rd%20x@h","u:p%2540s%252fw%2521rd%2520x@h"]',
    '["u:[redacted:listed]@h","u:[redacted:listed]@h","u:[redacted:listed]@h"]',
  ],
  ['secrets that overlap', ['abcdef', 'defghi'], '["1abcdefghi2"]', '["1[redacted:listed]2"]'],
])('redacts %s', (_what, secrets, given, redacted) => {
  expect(redactJson(given, listed(...secrets))).toMatchObject({ text: redacted, isLeft: false });
});

it.each([
  [
    'duplicate names',
    `{"a":"hf_${'a1'.repeat(12)}","a":"x"}`,
    '{"a":"[redacted:hugging_face_token]","a":"x"}',
  ],
  [
    'a key as a name',
    `{"hf_${'a1'.repeat(12)}":1.0,"b":1e400}`,
    '{"[redacted:hugging_face_token]":1.0,"b":1e400}',
  ],
  [
    'numbers under the name of a secret',
    '{"password":12345678,"pin":12345678}',
    '{"password":"[redacted:named_secret]","pin":12345678}',
  ],
  [
    'a pair of name and value',
    '{"value":"hunter22","name":"API_KEY"}',
    '{"value":"[redacted:named_secret]","name":"API_KEY"}',
  ],
  [
    'the value of a name as W&B writes it',
    '{"api_key":{"desc":null,"value":"hunter22"},"lr":{"value":"hunter22"}}',
    '{"api_key":{"desc":null,"value":"[redacted:named_secret]"},"lr":{"value":"hunter22"}}',
  ],
  [
    'an attribute of OTLP',
    '[{"key":"api_key","value":{"stringValue":"hunter22"}},{"key":"lr","value":{"stringValue":"hunter22"}}]',
    '[{"key":"api_key","value":{"stringValue":"[redacted:named_secret]"}},{"key":"lr","value":{"stringValue":"hunter22"}}]',
  ],
  [
    'an argument behind its flag',
    '["--api-key","hunter22","--lr","hunter22"]',
    '["--api-key","[redacted:named_secret]","--lr","hunter22"]',
  ],
  [
    'a text that looks like a mark',
    '["\\u0000number foo",{"password":"hunter22"}]',
    '["\\u0000number foo",{"password":"[redacted:named_secret]"}]',
  ],
])('redacts %s without a list', (_what, given, redacted) => {
  expect(redactJson(given, builtInRedactor())).toMatchObject({ text: redacted, isLeft: false });
});

it('says that a secret over several members is left', () => {
  expect(redactJson('{"a":"x1","b":"y"}', listed('x1","b'))).toMatchObject({ isLeft: true });
});

const DEEP = 100_000;
const KEY = `glpat-${'a1'.repeat(32)}`;

it.each([
  ['arrays in arrays', `${'['.repeat(DEEP)}"sekret1"${']'.repeat(DEEP)}`],
  ['objects in objects', `${'{"a":'.repeat(DEEP)}"sekret1"${'}'.repeat(DEEP)}`],
  ['a text of escapes', `"${'\\n'.repeat(4_000_000)}sekret1"`],
  ['names that are all the same', `{${'"sekret1":1,'.repeat(DEEP)}"a":1}`],
])('reads %s in one pass', (_what, given) => {
  const redacted = redactJson(given, listed('sekret1'));
  expect(redacted?.isLeft).toBe(false);
  expect(redacted?.text.includes('sekret1')).toBe(false);
});

it('leaves no form of what is longer than a secret may be', () => {
  for (const text of [KEY.repeat(2_000), `token=${'x'.repeat(8_192)}${KEY} ${KEY}`]) {
    const left = redactText(text, builtInRedactor())?.text ?? text;
    expect(left.length).toBeLessThan(text.length);
    expect(builtInRedactor().forms(left).length).toBe(0);
  }
});
