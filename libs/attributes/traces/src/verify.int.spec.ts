import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isolatedSandbox, NEEDS } from './isolated-sandbox.fixture.ts';
import { readTrace } from './read-trace.ts';
import { isList, isNumber } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import { documentOf, smallProgram } from './small-program.fixture.ts';
import { trackedNames } from './trace.ts';
import type { State, Trace } from './trace.ts';
import { requestOf, verdictOf, verify } from './verify.ts';

const sandbox = await isolatedSandbox();
afterAll(() => sandbox.close());

function traceIn(document: string): Trace {
  const read = readTrace(document);
  if (!read.ok) throw new Error(read.reason);
  return read.trace;
}

const verifying = (fields: object) =>
  verify(traceIn(JSON.stringify({ language: 'python', ...fields })), sandbox);

/** Another value of the same or of another kind. */
function changed(value: Recorded, kind: number): Recorded {
  if (kind === 0) return isList(value) ? [...value, { number: '1' }] : [value];
  if (kind === 1) return null;
  if (isNumber(value)) return kind === 2 ? { number: String(BigInt(value.number) + 1n) } : value.number;
  return isList(value) && value.length > 0 ? value.slice(1) : true;
}

/** Every way in which one state is changed: its line, and each of its variables is another, is missing, or has another name. */
function changesOf(state: State): State[] {
  const lines = [state.line - 1, state.line + 1].map((line) => ({ ...state, line }));
  const variables = [...state.variables].flatMap(([name, value]) => {
    const others = [0, 1, 2, 3].map((kind) => new Map([...state.variables, [name, changed(value, kind)]]));
    const missing = new Map([...state.variables].filter(([one]) => one !== name));
    return [...others, missing, new Map([...missing, ['renamed', value]])];
  });
  return [...lines, ...variables.map((one) => ({ ...state, variables: one }))];
}

describe.skipIf(sandbox.isMissing)(`a program of known states ${NEEDS}`, () => {
  it('is verified with these, and names the state that is changed, whichever it is', async () => {
    const counts = { states: 0, changes: 0 };
    await fc.assert(
      fc.asyncProperty(smallProgram, async (program) => {
        const trace = traceIn(documentOf(program));
        const answer = await sandbox.run(requestOf(trace));
        expect(verdictOf(trace, answer)).toMatchObject({
          outcome: 'verified',
          comparison: { matched: trace.states.length, total: trace.states.length, mismatches: 0 },
        });
        counts.states += trace.states.length;
        for (const [at, state] of trace.states.entries())
          for (const other of changesOf(state)) {
            const states = trace.states.with(at, other);
            /* A variable that no other state has is not tracked any more where it is missing. */
            if (trackedNames({ ...trace, states }).length < trackedNames(trace).length) continue;
            const { outcome, reason, comparison } = verdictOf({ ...trace, states }, answer);
            expect(outcome).toBe('mismatched');
            /* A name that only one state has is missing in the others. */
            const isRenamed = other.variables.has('renamed');
            expect(reason).toMatch(isRenamed ? /^state \d+, / : new RegExp(`^state ${at + 1}, line `));
            expect(comparison?.matched).toBe(trace.states.length - 1);
            counts.changes += 1;
          }
      }),
      { numRuns: 60 },
    );
    expect(counts.changes).toBeGreaterThan(1000);
  });

  it('is truncated where its last states are not recorded, and mismatched where there are more', async () => {
    await fc.assert(
      fc.asyncProperty(smallProgram, fc.nat(), async (program, kept) => {
        const trace = traceIn(documentOf(program));
        const answer = await sandbox.run(requestOf(trace));
        const { length } = trace.states;
        const states = trace.states.slice(0, 1 + (kept % (length - 1)));
        const names = new Set(trackedNames({ ...trace, states }));
        expect(verdictOf({ ...trace, states }, answer)).toMatchObject({
          outcome: 'truncated',
          comparison: { matched: states.length, total: length, mismatches: 0 },
        });
        expect(names.size).toBeGreaterThan(0);
        const more = [...trace.states, trace.states.at(-1)!];
        const reason = expect.stringMatching(`^state ${length + 1}, .* the program ended before it$`);
        expect(verdictOf({ ...trace, states: more }, answer)).toMatchObject({
          outcome: 'mismatched',
          reason,
        });
      }),
      { numRuns: 15 },
    );
  });
});

describe.skipIf(sandbox.isMissing)(`a trace ${NEEDS}`, () => {
  const code = 'def add(x, y):\n    z = x + y\n    return z\n';

  it('may be of calls and returns alone', async () => {
    const states = [
      { line: 1, event: 'call', variables: { x: 1, y: 2 } },
      { line: 3, event: 'return', value: 3 },
    ];
    expect(await verifying({ code, call: 'add(1, 2)', states, partial: true, result: 3 })).toMatchObject({
      outcome: 'verified',
      comparison: { matched: 2, total: 2 },
    });
  });

  it('may record states before their line', async () => {
    const states = [
      { line: 2, variables: { x: 1, y: 2 } },
      { line: 3, variables: { x: 1, y: 2, z: 3 } },
    ];
    const call = { function: 'add', arguments: [1, 2] };
    expect(await verifying({ code, ...call, states, moment: 'before' })).toMatchObject({
      outcome: 'verified',
    });
    expect(await verifying({ code, ...call, states })).toMatchObject({
      outcome: 'mismatched',
      reason: 'state 1, line 2, "z": not recorded, was 3',
    });
  });

  it('may record what changes alone, if it says so', async () => {
    const states = [{ line: 2, variables: { z: 3 } }, { line: 3 }];
    const call = { code, call: 'add(1, 2)', states };
    expect(await verifying({ ...call, partial: true })).toMatchObject({ outcome: 'verified' });
    expect(await verifying(call)).toMatchObject({ outcome: 'mismatched' });
  });

  it('may record the output or the result alone, which are compared', async () => {
    const printing = 'n = int(input())\nprint(n * 2)\n';
    const outputs = { '42\n': 'verified', '42': 'verified', '43': 'mismatched', '': 'mismatched' };
    for (const [output, outcome] of Object.entries(outputs))
      expect(await verifying({ code: printing, stdin: '21\n', output })).toMatchObject({ outcome });
    for (const [result, outcome] of [
      [3, 'verified'],
      [3.5, 'mismatched'],
      ['3', 'mismatched'],
      [true, 'mismatched'],
    ])
      expect(await verifying({ code, call: 'add(1, 2)', result })).toMatchObject({ outcome });
  });

  it('of another language, or of none that is stated, is refused', async () => {
    expect(await verifying({ code, output: '', language: 'java' })).toMatchObject({
      outcome: 'refused',
      reason: 'only Python is run, and the language is java',
    });
    expect(await verifying({ code, output: '', language: undefined })).toMatchObject({ outcome: 'refused' });
  });

  it('of a program that fails says how, also of one that is no program', async () => {
    for (const [failing, reason] of [
      ['x = 1\nx / 0\n', 'ZeroDivisionError, line 2'],
      ['def f(:\n', 'SyntaxError, line 1'],
      ['import numpy\n', expect.stringMatching(/^(ModuleNotFoundError|OSError), line 1$/)],
      ['x = "\0"', expect.stringMatching(/^(ValueError|SyntaxError)/)],
    ])
      expect(await verifying({ code: failing, output: '' })).toMatchObject({ outcome: 'failed', reason });
  });
});

describe.skipIf(sandbox.isMissing)(`a value ${NEEDS}`, () => {
  const one = async (expression: string, v: unknown) => {
    const states = `[{"line": 1, "variables": {"v": ${typeof v === 'string' ? v : JSON.stringify(v)}}}]`;
    const code = `v = ${expression}\n`;
    const document = `{"language": "python", "code": ${JSON.stringify(code)}, "states": ${states}}`;
    return (await verify(traceIn(document), sandbox)).outcome;
  };

  it.each([
    ['2 ** 200 + 1', String(2n ** 200n + 1n)],
    ['2 ** 53 + 1', '9007199254740993'],
    ['-7', '-7'],
    ['1.0', '1'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['-0.0', '0'],
    ['1e300 * 1e10', 'Infinity'],
    ['float("nan")', 'NaN'],
    ['float("nan")', '"nan"'],
    ['True', 'true'],
    ['None', 'null'],
    ['"é\\ud83d\\n"', '"é\\ud83d\\n"'],
    ['(1, (2, []))', '[1, [2, []]]'],
    ['{3, 1, 2}', '[1, 2, 3]'],
    ['{(1, 2), frozenset([3])}', '[[3], [1, 2]]'],
    ['{1: "a", None: 2, (1, "x"): 3, 0.5: 4}', `{"null": 2, "1": "a", "0.5": 4, "(1, 'x')": 3}`],
    ['lambda: 0', '"<function <lambda> at 0x7f00aa>"'],
    ['type("P", (), {})()', '"<__main__.P object at 0x7f0000>"'],
    ['__import__("types").SimpleNamespace(x=1)', '{"x": 1}'],
    ['__import__("collections").OrderedDict(b=1, a=2)', '{"a": 2, "b": 1}'],
    ['__import__("collections").deque([1])', '[1]'],
  ])('%s is %s', async (expression, recorded) => {
    expect(await one(expression, recorded)).toMatch(/^(verified|unproven)$/);
  });

  it.each([
    ['2 ** 53 + 1', '9007199254740992'],
    ['2 ** 53', '9007199254740993'],
    ['0.1 + 0.2', '0.3'],
    ['1', 'true'],
    ['True', '1'],
    ['1', '"1"'],
    ['[1, 2]', '"[1, 2]"'],
    ['[1, 2]', '[2, 1]'],
    ['{1, 2}', '[1, 1]'],
    ['{1, 2}', '[1, 2, 2]'],
    ['{1: 2, "1": 2}', '{"1": 2}'],
    ['list(range(9))', '[0, 1, 2, "..."]'],
    ['"abcdefgh"', '"abc..."'],
    ['float("nan")', 'null'],
    ['float("inf")', '-Infinity'],
    ['type("P", (), {})()', '"<Q object>"'],
    ['[v for v in [[]]]', '[[[]]]'],
    ['{"a": 1}', '{}'],
  ])('%s is not %s', async (expression, recorded) => {
    expect(await one(expression, recorded)).toBe('mismatched');
  });

  it('that contains itself is never the same', async () => {
    const states = [
      { line: 1, variables: { v: [] } },
      { line: 2, variables: { v: [['...']] } },
    ];
    expect(await verifying({ code: 'v = []\nv.append(v)\n', states })).toMatchObject({
      outcome: 'mismatched',
    });
  });

  it('that the code makes strange is read without the methods of its kind', async () => {
    const code = [
      'class Liar(int):',
      '    def __repr__(self): return "5"',
      '    def __eq__(self, other): return True',
      '    def __index__(self): return 5',
    ].join('\n');
    expect(await verifying({ code, call: 'Liar(4)', result: 4 })).toMatchObject({ outcome: 'verified' });
    expect(await verifying({ code, call: 'Liar(4)', result: 5 })).toMatchObject({ outcome: 'mismatched' });
  });
});
