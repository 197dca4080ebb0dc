import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureDocuments, Summary } from '@tributary/tagging';
import type { Attribute, Instrument, NormaliserUsed, Values } from '@tributary/tagging';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../program.ts';
import { tagText } from '../text/tag.ts';
import { RowPrinter } from './row-printer.ts';
import { tagAnswer } from './tag-answer.ts';
import { factsOf } from './tag-facts.ts';
import type { Tagged } from './tag-facts.ts';
import { stampsOf } from './tag-files.ts';
import type { TagOptions } from './tag-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-tag-facts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const printed = (out: string[], err: string[]) => ({
  print: (text: string) => void out.push(text),
  report: (text: string) => void err.push(text),
  interactive: false,
  directory: join(folder, 'never'),
  environment: {},
  onSignal: () => undefined,
  exitNow: () => undefined,
});

async function tributary(...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['node', 'tributary', ...words], printed(out, err));
  return { code, out: out.join(''), err: err.join('') };
}

const options: TagOptions = { attribute: [], data: folder, seed: '0', environment: {} };

const attribute = (name: string): Attribute => ({
  name,
  description: name,
  values: { [name]: name },
  open: () => Promise.reject(new Error('it is open')),
});

const instrument = (name: string, values: (text: string) => Values | null, more?: Partial<Instrument>) => ({
  attribute: name,
  instrument: {
    name,
    version: '1',
    measure: async (documents) =>
      documents.map(({ text }) => {
        const measured = values(text);
        return measured ? { values: measured } : { code: `no_${name}`, reason: `no ${name}` };
      }),
    close: async () => undefined,
    ...more,
  } satisfies Instrument,
});

describe('documents of several attributes', () => {
  const instruments = [
    instrument('a', (text) => (text.includes('a') ? { a: 1 } : null)),
    instrument('b', (text) => (text.includes('b') ? { b: 2 } : null)),
  ];

  async function* documents() {
    for (const [row, text] of ['b', 'ab', 'neither', 'a'].entries()) yield { path: 'f', row, text };
  }

  it('have each value below its name, whatever other values a document lacks', async () => {
    const out: string[] = [];
    const printer = await RowPrinter.open(printed(out, []), { ...options, documents: true, quiet: true }, [
      'a',
      'b',
    ]);
    const summary = new Summary([attribute('a'), attribute('b')]);
    for await (const { path: _path, ...row } of measureDocuments(documents(), instruments))
      await printer.print(row);
    await printer.end(tagAnswer([], summary, { options, tagged: [], facts: null }), () => '');
    await printer.close();
    expect(out.join('')).toBe('row\ta\tb\n0\t\t2\n1\t1\t2\n3\t1\t\n');
  });

  it('are counted once each, and rows without any value once', async () => {
    const summary = new Summary([attribute('a'), attribute('b')]);
    for await (const row of measureDocuments(documents(), instruments)) summary.add(row);
    expect([summary.measured, summary.skipped]).toEqual([3, 1]);
    expect(summary.skippedByCode).toEqual({ no_a: 2, no_b: 2 });
  });
});

describe('what a terminal is shown', () => {
  it('has no control character of a field or of the name of a file', async () => {
    const inner = join(folder, 'names');
    mkdirSync(inner);
    const field = '\u001B]0;title\u0007';
    writeFileSync(join(inner, '\u001B[31m\t.jsonl'), `${JSON.stringify({ [field]: 'a' })}\n{"b":1}\n`);
    const words = ['tag', inner, '--attribute', 'structure'];
    for (const more of [['--documents'], ['--dry-run'], ['--dry-run', '--attribute', '\u001B[2J']]) {
      const { out, err } = await tributary(...words, ...more);
      expect(`${out}${err}`.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('a folder', () => {
  const inner = join(folder, 'copies');
  mkdirSync(join(inner, 'a'), { recursive: true });
  mkdirSync(join(inner, 'b'));
  mkdirSync(join(inner, 'empty'));
  for (const name of ['a', 'b'])
    writeFileSync(join(inner, name, 'LICENCE'), 'one and the same text of five words');
  symlinkSync(join(inner, 'a', 'LICENCE'), join(inner, 'empty', 'link'));

  it('has a shard for each of two equal files of one name, and the first is the one that it is alone', async () => {
    const facts = join(folder, 'copies.ndjson');
    await tributary('tag', inner, '--attribute', 'duplicates', '--facts', facts);
    const events = readFileSync(facts, 'utf8').trim().split('\n');
    const parsed = events.map((line): { id: string; data: { values: { ref: string }[] } } =>
      JSON.parse(line),
    );
    expect(new Set(parsed.map(({ id }) => id)).size).toBe(parsed.length);
    const refs = new Set(parsed.flatMap(({ data }) => data.values.map(({ ref }) => ref)));
    expect([...refs].map((ref) => ref.replace(/@.*/, '')).toSorted()).toEqual(['LICENCE', 'b/LICENCE']);
    const alone = await tributary('tag', join(inner, 'a'), '--attribute', 'structure', '--facts', facts);
    expect(alone.code).toBe(0);
    expect(readFileSync(facts, 'utf8')).toContain('"ref":"LICENCE@');
  });

  it('without a file is refused, with the links that are not followed', async () => {
    expect(await tributary('tag', join(inner, 'empty'), '--attribute', 'structure')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/has no file to measure, and 1 link, which are not followed/),
    });
    const { err } = await tributary('tag', inner, '--attribute', 'structure', '--dry-run');
    expect(err).toContain('1 link below');
  });

  it('is not complete where the text of a file cannot be told, and says which file', async () => {
    const unclear = join(folder, 'unclear');
    mkdirSync(unclear);
    writeFileSync(join(unclear, 'two.jsonl'), '{"text":"a","code":"b"}\n');
    writeFileSync(join(unclear, 'one.jsonl'), '{"text":"a"}\n');
    const { code, out, err } = await tributary(
      'tag',
      unclear,
      '--attribute',
      'structure',
      '--dry-run',
      '--json',
    );
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ complete: false, skippedByCode: { field_ambiguous: 1 } });
    expect(err).toContain('two.jsonl was not read: the text could be in');
  });
});

describe('an archive', () => {
  it('of tar is measured sample by sample, in the field that has the text', async () => {
    const archive = join(folder, 'shard.tar');
    const samples = { '1.txt': 'two words', '1.json': '{"source":"x"}', '2.txt': 'one' };
    for (const [name, text] of Object.entries(samples)) writeFileSync(join(folder, name), text);
    execFileSync('tar', ['-C', folder, '-cf', archive, ...Object.keys(samples)]);
    const { code, out } = await tributary('tag', archive, '--attribute', 'structure', '--dry-run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      files: [{ format: 'tar', field: 'txt' }],
      counts: { measured: 2, skipped: 0 },
      summary: { n_bytes: { mean: 6 } },
      complete: true,
    });
  });

  it('of zip is named with what to do, and the answer is not complete', async () => {
    const archive = join(folder, 'texts.zip');
    writeFileSync(archive, 'PK\u0003\u0004rest of it', 'latin1');
    const { code, out, err } = await tributary('tag', archive, '--attribute', 'structure', '--dry-run');
    expect([code, err]).toEqual([
      3,
      expect.stringContaining('texts.zip: nothing was read from here on: it is a zip archive: extract it'),
    ]);
    expect(out).toContain('NOT complete');
  });
});

describe('an attribute that is refused behind one that has been opened', () => {
  it('ends the command with the reason, and leaves no process behind', async () => {
    const file = join(folder, 'one.jsonl');
    writeFileSync(file, '{"text":"a"}\n');
    const words = ['tag', file, '--attribute', 'scaffold', '--attribute', 'contamination', '--normaliser'];
    const processes = () => process.getActiveResourcesInfo().filter((one) => one === 'ProcessWrap').length;
    const before = processes();
    const { code, err } = await tributary(...words, file);
    expect(code).toBe(1);
    expect(err).toMatch(/contamination: name the file of evaluation items/);
    await expect.poll(processes, { timeout: 10_000 }).toBe(before);
  });
});

describe('a sample of several files', () => {
  it('has no mix of all of them', () => {
    const mix = () => [{ bucket: 'code', share: 1, low: 1, high: 1 }];
    const opened = [
      { attribute: attribute('a'), instrument: instrument('a', () => null, { mix }).instrument },
    ];
    const file = (path: string): Tagged => ({
      file: { path, format: 'jsonl', field: 'text', rows: 9 },
      summary: new Summary([]),
    });
    const answer = (tagged: readonly Tagged[], sample?: number) =>
      tagAnswer(opened, new Summary([]), {
        options: { seed: '0', ...(sample && { sample }) },
        tagged,
        facts: null,
      });
    expect(answer([file('a')], 3).shares).toEqual({ a: mix() });
    expect(answer([file('a'), file('b')]).shares).toEqual({ a: mix() });
    expect(answer([file('a'), file('b')], 3).shares).toBeUndefined();
  });
});

describe('a path that is no file', () => {
  it('is refused before it is opened', async () => {
    expect(await tributary('tag', '/dev/null', '--dry-run')).toMatchObject({
      code: 2,
      err: expect.stringContaining('neither a folder nor a regular file'),
    });
  });
});

describe('a file that changes', () => {
  it('has another stamp, also where its size is the same', async () => {
    const path = join(folder, 'changes.txt');
    writeFileSync(path, 'a');
    const before = await stampsOf([path]);
    expect(await stampsOf([path])).toEqual(before);
    writeFileSync(path, 'b');
    expect(await stampsOf([path])).not.toEqual(before);
    rmSync(path);
    expect((await stampsOf([path])).get(path)).toBe('gone');
  });
});

describe('a normaliser', () => {
  const used: NormaliserUsed = {
    id: 'sha256:0',
    from: 'corpus',
    n_kept: 2,
    feature_order: ['x'],
    corpus_mean: [1],
    corpus_sd_population: [1],
    logic_mean: 0,
    logic_sd_population: 1,
  };

  async function frozenOf(names: readonly string[], normaliser: NormaliserUsed, given: Partial<TagOptions>) {
    const relative = {
      names: ['size'],
      isFrozen: false,
      observe: () => undefined,
      score: (values: Values) => values,
      normaliser: () => normaliser,
    };
    const opened = [
      { attribute: attribute('size'), instrument: instrument('size', () => null, { relative }).instrument },
    ];
    const tagged = names.map((name): Tagged => {
      const path = join(folder, name);
      writeFileSync(path, name);
      const summary = new Summary([attribute('size')]);
      summary.add({ path, row: 0, values: { size: 1 } });
      return { file: { path, format: 'text', field: null }, summary };
    });
    const facts = await factsOf(folder, tagged, opened, { ...options, ...given });
    return facts.flatMap(({ data }) => ('corpus' in data ? [data.corpus] : []));
  }

  it('of one file has it as its corpus; of several it is frozen once, for all of them', async () => {
    expect(await frozenOf(['one.txt'], used, {})).toEqual([expect.stringMatching(/^one@/)]);
    const both = await frozenOf(['one.txt', 'two.txt'], used, {});
    expect(both).toEqual([expect.stringMatching(/^tributary-tag-facts-.*@[0-9a-f]{12}$/)]);
    expect(await frozenOf(['two.txt', 'one.txt'], used, {})).toEqual(both);
  });

  it('that was given is of no corpus of this answer', async () => {
    const file = join(folder, 'normaliser.json');
    writeFileSync(file, '{}');
    const given = { ...used, from: 'file' } as const;
    expect(await frozenOf(['one.txt'], given, { normaliser: file })).toEqual([
      expect.stringMatching(/^unknown \(normaliser\.json@[0-9a-f]{12}\)$/),
    ]);
    expect(await frozenOf(['one.txt'], given, { normaliser: 'sha256:0' })).toEqual([]);
  });
});

describe('facts that the log refuses', () => {
  it('are named, and nothing says that they would be appended', () => {
    const rejected = [{ source: 'fact 1', pointer: '/values/0/ref', reason: 'too long' }];
    const facts = { planned: 1, appended: 0, duplicates: 0, rejected };
    const text = tagText(tagAnswer([], new Summary([]), { options, tagged: [], facts }));
    expect(text).toContain('0 facts appended, 0 known, 1 REFUSED\n  fact 1/values/0/ref: too long');
    expect(text).not.toContain('would');
  });
});

describe('facts that are written to a file', () => {
  const rows = join(folder, 'texts.jsonl');
  const written = (name: string) => join(folder, name);
  writeFileSync(rows, `${JSON.stringify({ text: 'a = b' })}\n${JSON.stringify({ text: 'c' })}\n`);
  const tagged = (...more: string[]) => tributary('tag', rows, '--attribute', 'structure', ...more);

  it('are what an import would append: the same bytes each time, and no log is opened', async () => {
    const { out } = await tagged('--facts', written('a'), '--shard', 's');
    await tagged('--facts', written('b'), '--shard', 's');
    expect(out).toContain(`9 facts written to ${written('a')}`);
    const lines = readFileSync(written('a'), 'utf8');
    expect(readFileSync(written('b'), 'utf8')).toBe(lines);
    const events = lines
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events).toHaveLength(9);
    for (const event of events)
      expect(event).toMatchObject({ type: 'corpus.attribute.measured', data: { values: [{ ref: 's' }] } });
    const imported = await tributary('import', written('a'), '--dry-run', '--json');
    expect(JSON.parse(imported.out)).toMatchObject({ plan: { byType: { 'corpus.attribute.measured': 9 } } });
  });

  it('have the tokenizer in their names, which is refused where nothing is counted by it', async () => {
    const named = ['--tokenizer', 'cl100k_base', '--attribute', 'tokens', '--facts', written('d')];
    expect(await tagged(...named)).toMatchObject({ code: 0 });
    const lines = readFileSync(written('d'), 'utf8').trim().split('\n');
    const names = lines
      .map((line) => /tokens\.\w+\.\w+/.exec(line)?.[0])
      .filter((name) => name !== undefined);
    expect(new Set(names)).toEqual(
      new Set(
        ['n_tokens', 'bytes_per_token', 'total_tokens', 'documents'].map(
          (one) => `tokens.cl100k_base.${one}`,
        ),
      ),
    );
    expect(await tagged('--tokenizer', 'gpt2')).toMatchObject({ code: 2 });
  });

  it('are refused where they would not be made, or cannot be written', async () => {
    expect(await tagged('--facts', written('c'), '--dry-run')).toMatchObject({ code: 2 });
    const { code, err } = await tagged('--facts', join(folder, 'no', 'folder'));
    expect(code).toBe(1);
    expect(err).toMatch(/cannot be written to .*: ENOENT/);
  });
});
