import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-tag-traces-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function tributary(...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(['node', 'tributary', ...words], {
    print: (text) => void out.push(text),
    report: (text) => void err.push(text),
    interactive: false,
    directory: join(folder, 'never'),
    environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    onSignal: () => undefined,
    exitNow: () => undefined,
  });
  return { code, out: out.join(''), err: err.join('') };
}

const code = 'x = 1\nx = x + 1\n';
const states = (last: number) => [
  { line: 1, variables: { x: 1 } },
  { line: 2, variables: { x: last } },
];
const rows = [
  { code, language: 'python', states: states(2), query_type: 'variable_trace' },
  { code, language: 'python', states: states(3) },
  { code, language: 'java', states: states(2) },
  { text: 'a text without any code' },
  'no object',
];
const path = join(folder, 'traces.jsonl');
writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
const tagged = async (...words: string[]) => {
  const { out } = await tributary('tag', path, '--attribute', 'traces', '--json', ...words);
  return JSON.parse(out);
};

describe('traces of a file', () => {
  it('are not run unless that is asked for, and the instrument says so', async () => {
    const answer = await tagged('--documents');
    expect(answer.attributes).toEqual([
      { attribute: 'traces', instrument: 'execution-traces', version: '1.0, not verified' },
    ]);
    expect(answer.counts).toEqual({ measured: 4, skipped: 1 });
    expect(answer.skipped).toMatchObject([{ row: 4, code: 'not_an_object' }]);
    expect(answer.groups['traces.outcome']).toEqual({ not_run: 3, 'no_trace: no_code': 1 });
    expect(answer.summary.trace_verified).toMatchObject({ n: 4, mean: 0 });
  });

  it('are run again and compared with --verify, and each says what became of it', async () => {
    const answer = await tagged('--documents', '--verify');
    expect(answer.documents.map(({ values }: { values: Record<string, unknown> }) => values)).toMatchObject([
      {
        has_trace: true,
        trace_verified: true,
        outcome: 'verified',
        step_agreement: 1,
        verify_mismatch_count: 0,
      },
      {
        trace_verified: false,
        outcome: 'mismatched',
        reason: 'state 2, line 2, "x": recorded 3, was 2',
        step_agreement: 0.5,
        verify_mismatch_count: 1,
      },
      { outcome: 'refused', reason: 'only Python is run, and the language is java' },
      { has_trace: false, trace_verified: false, outcome: 'no_trace' },
    ]);
    expect(answer.attributes[0].version).toMatch(
      /^1\.0, verified by CPython 3\.\d+\.\d+, isolation: network, /,
    );
    expect(answer.groups['traces.query_type']).toEqual({ variable_trace: 1, 'not stated': 2 });
  });

  it('are facts of the shard, with the counts of each outcome', async () => {
    const answer = await tagged('--dry-run', '--verify');
    expect(answer.facts).toMatchObject({ planned: expect.any(Number), rejected: [] });
    expect(answer.facts.planned).toBeGreaterThan(8);
    expect(answer.groups['traces.outcome']).toEqual({
      verified: 1,
      mismatched: 1,
      refused: 1,
      'no_trace: no_code': 1,
    });
  });

  it('without isolation are run if that is asked for, and the instrument says so', async () => {
    const answer = await tagged('--dry-run', '--verify-without-isolation');
    expect(answer.attributes[0].version).toMatch(/isolation: none, limits alone$/);
    expect(answer.groups['traces.outcome']).toMatchObject({ verified: 1 });
  });

  it('are refused where no Python runs, where another attribute reads a field, or where nothing is verified', async () => {
    const words = ['tag', path, '--dry-run', '--attribute', 'traces'];
    expect(await tributary(...words, '--verify', '--python', '/nowhere/python')).toMatchObject({
      code: 1,
      err: expect.stringContaining('ENOENT'),
    });
    for (const [more, text] of [
      [['--attribute', 'structure'], 'name the field'],
      [['--python', 'python3'], '--python names what --verify'],
    ] as const)
      expect(await tributary(...words, ...more)).toMatchObject({
        code: 2,
        err: expect.stringContaining(text),
      });
    const other = await tributary('tag', path, '--dry-run', '--attribute', 'structure', '--verify');
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringContaining('--verify is for --attribute traces'),
    });
  });
});
