import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrace } from './read-trace.ts';
import { parseRecorded, recordedText } from './recorded.ts';
import { traceGroups, traceValues } from './trace-values.ts';

const states = [{ line: 1, variables: { x: 1 } }];
const row = { code: 'x = 1\n', language: 'Python', states };
const read = (fields: object) => readTrace(JSON.stringify(fields));
const codeOf = (text: string) => {
  const found = readTrace(text);
  return found.ok ? 'trace' : found.code;
};
const fenced = (name: string, text: string) => `\`\`\`${name}\n${text}\n\`\`\`\n`;

describe('a document', () => {
  it('with code and states is a trace', () => {
    expect(read(row)).toMatchObject({
      ok: true,
      trace: { language: 'python', moment: 'after', isPartial: false, stdin: '', call: undefined },
    });
    expect(read({ ...row, states: JSON.stringify(states) })).toEqual(read(row));
  });

  it('of text with one block of Python and one of JSON is a trace, wherever the text is', () => {
    const text = `First\n${fenced('python', 'x = 1')}then\n${fenced('json', JSON.stringify(states))}`;
    const trace = { code: 'x = 1\n', language: 'python', states: [{ line: 1, event: 'line' }] };
    expect(readTrace(text)).toMatchObject({ ok: true, trace });
    expect(read({ id: 3, text, n_tokens: 50 })).toMatchObject({
      ok: true,
      trace: { declared: { tokens: 50 } },
    });
    const whole = fenced('py', 'x = 1') + fenced('json', JSON.stringify({ states, output: '' }));
    expect(readTrace(whole)).toMatchObject({ ok: true, trace: { output: '' } });
  });

  it.each([
    ['', 'no_code'],
    ['plain words', 'no_code'],
    ['[1, 2]', 'no_code'],
    ['{"a": 1}', 'no_code'],
    ['{"text": "a", "content": "b"}', 'no_code'],
    ['{"code": 5, "output": ""}', 'no_code'],
    ['{"code": " ", "output": ""}', 'no_code'],
    ['{"code": "x = 1"}', 'no_states'],
    ['{"code": "x = 1", "states": []}', 'no_states'],
    [fenced('python', 'x = 1'), 'no_states'],
    [fenced('', 'x = 1') + fenced('json', '[]'), 'no_code'],
    [fenced('python', 'x = 1') + fenced('python', 'y = 1') + fenced('json', '[]'), 'several_code_blocks'],
    [fenced('python', 'x = 1') + fenced('json', '[]') + fenced('json', '[]'), 'several_states_blocks'],
    [fenced('python', 'x = 1') + fenced('json', 'nonsense'), 'states_invalid'],
    ['{"code": "x", "states": {}}', 'states_invalid'],
    ['{"code": "x", "states": "[{]"}', 'states_invalid'],
    ['{"code": "x", "states": [{"variables": {}}]}', 'states_invalid'],
    ['{"code": "x", "states": [{"line": 0}]}', 'states_invalid'],
    ['{"code": "x", "states": [{"line": 1.5}]}', 'states_invalid'],
    ['{"code": "x", "states": [{"line": 1, "event": "exception"}]}', 'states_invalid'],
    ['{"code": "x", "states": [{"line": 1, "variables": []}]}', 'states_invalid'],
    ['{"code": "x", "states": [{"line": 1, "value": 1}]}', 'states_invalid'],
    ['{"code": "x", "output": 5}', 'output_invalid'],
    ['{"code": "x", "result": 5}', 'output_invalid'],
    ['{"code": "x", "output": "", "stdin": 5}', 'input_invalid'],
    ['{"code": "x", "output": "", "moment": "during"}', 'input_invalid'],
    ['{"code": "x", "output": "", "function": "f("}', 'input_invalid'],
    ['{"code": "x", "output": "", "function": "f", "call": "g()"}', 'input_invalid'],
    ['{"code": "x", "output": "", "function": "f", "arguments": 1}', 'input_invalid'],
    ['{"code": "x", "output": "", "language": 1}', 'language_unknown'],
  ])('%j is none, because of %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('with more states than a program is followed is none', () => {
    const of = (count: number) =>
      codeOf(JSON.stringify({ ...row, states: Array.from({ length: count }, () => states[0]) }));
    expect([of(10_000), of(10_001)]).toEqual(['trace', 'too_many_states']);
  });

  it('without a language has the one that the user names, and is read all the same', () => {
    const { language: _none, ...unnamed } = row;
    expect(read(unnamed)).toMatchObject({ ok: true, trace: { language: undefined } });
    expect(readTrace(JSON.stringify(unnamed), 'py')).toMatchObject({
      ok: true,
      trace: { language: 'python' },
    });
  });

  it('with arguments is called with them as Python writes them', () => {
    const args = [1, -2.5, 'a"\n', null, true, [false], { k: [] }];
    expect(read({ ...row, function: 'f', arguments: args })).toMatchObject({
      trace: { call: 'f(1, -2.5, "a\\"\\n", None, True, [False], {"k": []})' },
    });
    expect(
      readTrace('{"code": "x", "output": "", "function": "f", "arguments": [NaN, 12345678901234567890]}'),
    ).toMatchObject({ trace: { call: "f(float('NaN'), 12345678901234567890)" } });
  });

  it('of any JSON, or any text, is a trace or says why it is none', () => {
    const keys = fc.constantFrom(
      'code',
      'states',
      'output',
      'line',
      'event',
      'variables',
      'call',
      'result',
      'text',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(value, (any) => {
        const found = readTrace(JSON.stringify(any));
        expect(found.ok || found.reason !== '').toBe(true);
      }),
      { numRuns: 200 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void codeOf(text)));
  });
});

describe('JSON without loss', () => {
  it('is what the parser of the engine reads, but for numbers, which are as written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(plain(parseRecorded(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 200 },
    );
    expect(parseRecorded('[123456789012345678901, 1.50, 1e3, NaN, -Infinity]')).toEqual(
      ['123456789012345678901', '1.50', '1e3', 'NaN', '-Infinity'].map((number) => ({ number })),
    );
  });

  it('is refused where the text is none, also where only the marks would make it some', () => {
    for (const text of [
      '',
      '[',
      '{1: 2}',
      '01',
      '[-00]',
      '1 2',
      '"a',
      "'a'",
      '[1,]',
      '-',
      '1.',
      'NaNa',
      '"\n"',
      '{"a" 1}',
    ])
      expect(parseRecorded(text)).toBeUndefined();
    expect(parseRecorded('['.repeat(500) + ']'.repeat(500))).toBeUndefined();
    expect(parseRecorded('['.repeat(500_000))).toBeUndefined();
  });

  it('is refused as quickly where strings have no end', () => {
    for (const text of [
      `"${'a'.repeat(1e6)}`,
      '"a\\'.repeat(2e5),
      '"'.repeat(1e6 + 1),
      `{"a": "${'\\n'.repeat(3e5)}`,
    ])
      expect(parseRecorded(text)).toBeUndefined();
  });

  it('is shown to people on one line, short and without control characters', () => {
    const shown = recordedText(parseRecorded(`["\\u001b[2J${'a'.repeat(200)}"]`) ?? null);
    expect(shown.length).toBeLessThanOrEqual(81);
    expect(shown).not.toMatch(/\p{Cc}/u);
  });
});

function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null && 'number' in value) return Number(value.number);
  return value;
}

describe('the values of a document', () => {
  it('count its states against its characters, and against tokens where it says them', () => {
    const values = traceValues(read({ ...row, n_tokens: 4, sample_index: 2, query_type: 'riddle' }), {
      characters: 10,
      verdict: undefined,
    });
    expect(values).toMatchObject({
      has_trace: true,
      trace_verified: false,
      outcome: 'not_run',
      verify_scope: 'all_states',
      n_trace_steps: 1,
      n_variables_tracked: 1,
      trace_granularity: 'line',
      trace_density: 0.25,
      trace_steps_per_character: 0.1,
      sample_index: '2',
      query_type: 'other',
      language: 'python',
    });
    expect(values['parent_code_hash']).toBe(values['code_hash']);
    expect(traceGroups(values)).toEqual({
      outcome: 'not_run',
      query_type: 'other',
      code_variant: 'not stated',
    });
  });

  it('of rewritten code have no parent unless it is said', () => {
    const of = (fields: object) =>
      traceValues(read({ ...row, ...fields }), { characters: 1, verdict: undefined });
    expect(of({ code_variant: 'rewritten' })).not.toHaveProperty('parent_code_hash');
    expect(of({ code_variant: 'rewritten', parent_code_hash: 'p' })).toMatchObject({ parent_code_hash: 'p' });
  });

  it('without a trace say why, and are counted by it', () => {
    const values = traceValues(readTrace('{"a": 1}'), { characters: 8, verdict: undefined });
    expect(values).toMatchObject({ has_trace: false, trace_verified: false, outcome: 'no_trace' });
    expect(traceGroups(values)).toEqual({ outcome: 'no_trace: no_code' });
  });
});
