import { chooseField } from '@tributary/documents';
import { fencedBlocks } from '@tributary/syntax';
import { isList, isMap, isNumber, parseRecorded } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import { readDeclared } from './read-declared.ts';
import { readStates } from './read-states.ts';
import type { Trace } from './trace.ts';

/** Why a document has no trace. */
type NoTrace = {
  readonly code:
    | 'no_code'
    | 'no_states'
    | 'several_code_blocks'
    | 'several_states_blocks'
    | 'states_invalid'
    | 'too_many_states'
    | 'input_invalid'
    | 'output_invalid'
    | 'language_unknown';
  readonly reason: string;
};

export type ReadTrace = { readonly ok: true; readonly trace: Trace } | ({ readonly ok: false } & NoTrace);

type Members = ReadonlyMap<string, Recorded>;

const no = (code: NoTrace['code'], reason: string) => ({ ok: false, code, reason }) as const;

/**
 * The trace of a document: a JSON object with `code` and `states`, `output` or `result` (the guide docs/guides/traces.md has
 * all members), or a text with one fenced block of Python and one of JSON with the states. Anything else has no trace.
 * `language` is that of code that does not say it.
 */
export function readTrace(text: string, language?: string): ReadTrace {
  const row = parseRecorded(text);
  if (!isMap(row)) return traceInText(text, new Map());
  if (row.has('code')) return traceOf(row, language);
  const inside = textIn(row);
  return inside === undefined
    ? no('no_code', 'the row has no field code, and no other that is its text')
    : traceInText(inside, row);
}

/** The one field of a row that holds its text, as for other attributes. */
function textIn(row: Members): string | undefined {
  const kinds = [...row].map(
    ([name, value]) => [name, typeof value === 'string' ? 'text' : 'other'] as const,
  );
  const chosen = chooseField(new Map(kinds));
  const text = chosen.ok ? row.get(chosen.field) : undefined;
  return typeof text === 'string' ? text : undefined;
}

const PYTHON = new Set(['python', 'python3', 'py']);

/** The other fields of the row say what the blocks do not. */
function traceInText(text: string, row: Members): ReadTrace {
  const blocks = fencedBlocks(text).map(({ name, code }) => ({ name: name.toLowerCase(), code }));
  const codes = blocks.filter(({ name }) => PYTHON.has(name));
  const states = blocks.filter(({ name }) => name === 'json');
  const [code, recorded] = [codes[0], states[0]];
  if (!code) return no('no_code', 'the text has no fenced block of Python');
  if (codes.length > 1) return no('several_code_blocks', `it has ${codes.length} blocks of Python`);
  if (!recorded) return no('no_states', 'the text has no fenced block of JSON');
  if (states.length > 1) return no('several_states_blocks', `it has ${states.length} blocks of JSON`);
  const found = parseRecorded(recorded.code);
  if (!isList(found) && !isMap(found))
    return no('states_invalid', 'the block of JSON is no list and no object');
  const members: Members = isMap(found) ? found : new Map([['states', found]]);
  return traceOf(new Map([...row, ...members, ['code', code.code], ['language', 'python']]));
}

function traceOf(row: Members, usual?: string): ReadTrace {
  const code = row.get('code');
  if (typeof code !== 'string' || code.trim() === '') return no('no_code', 'the field code holds no text');
  const input = readInput(row);
  if (!input.ok) return input;
  const final = readFinal(row, input.call);
  if (!final.ok) return final;
  const states = readStates(row.get('states'));
  if (!states.ok) return states;
  const recorded = { states: states.states, output: final.output, result: final.result };
  if (recorded.states.length === 0 && recorded.output === undefined && recorded.result === undefined)
    return no('no_states', 'it has neither states nor output nor result');
  const language = row.get('language') ?? usual;
  if (language !== undefined && typeof language !== 'string')
    return no('language_unknown', 'the field language holds no text');
  const { stdin, call, moment } = input;
  const isPartial = row.get('partial') === true;
  const described = { language: languageOf(language), moment, isPartial, declared: readDeclared(row) };
  return { ok: true, trace: { code, stdin, call, ...recorded, ...described } };
}

function languageOf(named: string | undefined): string | undefined {
  const lower = named?.toLowerCase();
  return lower !== undefined && PYTHON.has(lower) ? 'python' : lower;
}

type Input = {
  readonly ok: true;
  readonly stdin: string;
  readonly call: string | undefined;
  readonly moment: 'before' | 'after';
};

/** What the program is given, and which states are recorded. */
function readInput(row: Members): Input | ReturnType<typeof no> {
  const [stdin, moment] = [row.get('stdin') ?? '', row.get('moment') ?? 'after'];
  if (typeof stdin !== 'string') return no('input_invalid', 'stdin is a text');
  if (moment !== 'after' && moment !== 'before') return no('input_invalid', 'moment is before or after');
  const called = readCall(row);
  return called.ok ? { ok: true, stdin, call: called.call, moment } : called;
}

const FUNCTION = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** The call: as an expression, or as a function with its arguments. */
function readCall(
  row: Members,
): { readonly ok: true; readonly call: string | undefined } | ReturnType<typeof no> {
  const [call, called, args] = [row.get('call') ?? '', row.get('function') ?? '', row.get('arguments') ?? []];
  if (typeof call !== 'string' || typeof called !== 'string')
    return no('input_invalid', 'call and function are texts');
  if (!isList(args)) return no('input_invalid', 'arguments is a list');
  if (called === '') return { ok: true, call: call === '' ? undefined : call };
  if (call !== '' || !FUNCTION.test(called))
    return no('input_invalid', 'function is the name of a function, and stands without call');
  return { ok: true, call: `${called}(${args.map(pythonLiteral).join(', ')})` };
}

/** A value of JSON as an expression of Python. */
function pythonLiteral(value: Recorded): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  if (isNumber(value)) return /^-?\d/.test(value.number) ? value.number : `float('${value.number}')`;
  if (isList(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  const pairs = isMap(value) ? [...value] : [];
  return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}: ${pythonLiteral(one)}`).join(', ')}}`;
}

type Final = {
  readonly ok: true;
  readonly output: string | undefined;
  readonly result: Recorded | undefined;
};

function readFinal(row: Members, call: string | undefined): Final | ReturnType<typeof no> {
  /* Tables have null where a row has no value; of a call it may be the result. */
  const output = row.get('output') ?? undefined;
  const result = call === undefined ? (row.get('result') ?? undefined) : row.get('result');
  if (output !== undefined && typeof output !== 'string')
    return no('output_invalid', 'output is the text that the program prints');
  if (result !== undefined && call === undefined)
    return no('output_invalid', 'result is the value of a call, and there is none');
  return { ok: true, output, result };
}
