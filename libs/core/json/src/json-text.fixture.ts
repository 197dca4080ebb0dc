import fc from 'fast-check';

const space = fc.constantFrom('', '', ' ', '\n', '\t\r ');

/** Numbers as JSON may write them, many of which no float holds exactly. */
export const numberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/),
  fc.constantFrom('-0', '0', '1e22', '1E-22', '1e400', '0.30000000000000004', '5e-324', '9007199254740993'),
);

const escape = fc.constantFrom(
  '\\n',
  '\\"',
  '\\\\',
  '\\/',
  '\\u0041',
  '\\u0000',
  '\\ud83d\\ude00',
  '\\ud800',
);
const stringText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text).slice(1, -1)),
      escape,
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`);

const spaced = (text: fc.Arbitrary<string>) => fc.tuple(space, text, space).map((parts) => parts.join(''));
const keyText = fc.oneof(stringText, fc.constantFrom('"a"', '"\\u0061"', '"__proto__"', '"1"'));

/** A valid JSON text in any spelling: white space, escapes, repeated keys, `__proto__`, numbers beyond a float. */
export const jsonText = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    spaced(numberText),
    spaced(stringText),
    fc.constantFrom('true', 'false', 'null'),
    tie('array'),
    tie('object'),
  ),
  array: fc.array(spaced(tie('value')), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
  object: fc
    .array(fc.tuple(spaced(keyText), spaced(tie('value'))), { maxLength: 5 })
    .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`),
})).value;

const noise = fc.oneof(
  fc.constantFrom(
    '',
    ',',
    ':',
    '[',
    ']',
    '{',
    '}',
    '"',
    '\\',
    '-',
    '+',
    '.',
    'e',
    '0',
    '01',
    'NaN',
    '-Infinity',
  ),
  fc.constantFrom('tru', 'nulll', "'", '\u00a0', '\uFEFF', '\t', '\0', '/*', '\\u12', '\\x'),
  fc.string({ maxLength: 3, unit: 'binary' }),
);

/** A valid text with a few places cut out or filled with something else, so that most are no JSON. */
export const mutatedText = fc
  .tuple(jsonText, fc.array(fc.tuple(fc.nat(), fc.nat(2), noise), { minLength: 1, maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((now, [where, cut, more]) => {
      const at = where % (now.length + 1);
      return (now.slice(0, at) + more + now.slice(at + cut)).toWellFormed();
    }, text),
  );

/** The value of a text, or `refused`, so that two readers compare as one. */
export function outcomeOf(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof SyntaxError) return 'refused';
    throw error;
  }
}
