import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../../../../dist/cli.js');
const answers = join(import.meta.dirname, '../../../../schemas/answers');
const folder = mkdtempSync(join(tmpdir(), 'tributary-tag-'));
const never = join(folder, 'never');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The JSON that the command prints, checked against its schema. */
async function answer(schema: string, ...words: string[]): Promise<unknown> {
  const out = await new Promise<string>((resolve) => {
    const argv = [main, ...words, '--json', '--data', never];
    execFile(process.execPath, argv, { maxBuffer: 1 << 26 }, (_error, printed, err) =>
      resolve(printed || JSON.stringify(err)),
    );
  });
  const value: unknown = JSON.parse(out);
  const check = new Ajv2020({ strict: true, allowUnionTypes: true });
  const valid = check.compile(JSON.parse(readFileSync(join(answers, `${schema}.json`), 'utf8')));
  expect(valid(value) ? undefined : { errors: valid.errors, value }).toBeUndefined();
  return value;
}

describe.skipIf(!existsSync(main))('tributary tag (needs a build)', () => {
  it('tags the documents of a file, says why other rows have no values, and appends nothing', async () => {
    const rows = join(folder, 'code.jsonl');
    const output = '```python\nx = 1\n```';
    const lines = [
      { output },
      'no object',
      { output: 'no code' },
      { input: '' },
      { output: null },
      { output },
    ];
    writeFileSync(rows, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"output":\n`);
    const values = {
      node_count: 5,
      halstead_difficulty: 0.5,
      cyclomatic: 1,
      structure_score: 0.5,
      logic_score: 0.5,
      cirs: 0.25,
    };
    const tagged = await answer('tag', 'tag', rows, '--attribute', 'cirs', '--documents');
    expect(tagged).toMatchObject({
      documents: [
        { row: 0, values: expect.objectContaining(values) },
        { row: 5, values: expect.objectContaining(values) },
      ],
      skipped: [
        { row: 1, code: 'not_an_object' },
        { row: 2, code: 'no_code_block', reason: expect.stringContaining('no block of Python') },
        { row: 3, code: 'field_missing' },
        { row: 4, code: 'not_text' },
        { row: 6, code: 'not_json' },
      ],
      normaliser: { from: 'corpus', n_kept: 2, logic_mean: 0.5 },
      files: [{ path: rows, format: 'jsonl', field: 'output' }],
      counts: { measured: 2, skipped: 5 },
      complete: true,
    });
    expect(existsSync(never)).toBe(false);
  });

  it('appends what was measured of a file, and nothing with --dry-run', async () => {
    const rows = join(folder, 'texts.jsonl');
    const text = 'Let us check.\n```python\nif x:\n    y()\n```\n';
    writeFileSync(rows, `${JSON.stringify({ text })}\n${JSON.stringify({ text: 'a = b' })}\n`);
    const words = ['tag', rows, '--attribute', 'structure', '--attribute', 'syntax'];
    const planned = await answer('tag', ...words, '--dry-run', '--sample', '2', '--seed', '1');
    expect(planned).toMatchObject({
      facts: { planned: 20, appended: 0 },
      summary: {
        has_verification: { n: 2, mean: 0.5, interval: [0.5, 0.5] },
        ts_cyclomatic: { n: 1, mean: 2 },
      },
      groups: { 'syntax.language': { python: 1 } },
      counts: { measured: 2, skipped: 0 },
      skippedByCode: { no_code_block: 1 },
    });
    expect(existsSync(never)).toBe(false);
    expect(await answer('tag', ...words)).toMatchObject({
      facts: { planned: 20, appended: 20, duplicates: 0, rejected: [] },
    });
    expect(
      await answer('tag', 'tag', rows, '--attribute', 'structure', '--shard', 'x'.repeat(2000)),
    ).toMatchObject({
      facts: {
        planned: 9,
        appended: 0,
        rejected: expect.arrayContaining([expect.objectContaining({ pointer: '/data/values/0/ref' })]),
      },
    });
    rmSync(never, { recursive: true });
  });

  it('sorts documents by domain, and says the mix of all of them with an interval', async () => {
    const rows = join(folder, 'domains.jsonl');
    const text = readFileSync(import.meta.filename, 'utf8');
    writeFileSync(rows, Array.from({ length: 20 }, () => `${JSON.stringify({ text })}\n`).join(''));
    expect(await answer('tag', 'tag', rows, '--attribute', 'domain', '--dry-run')).toMatchObject({
      attributes: [{ attribute: 'domain', instrument: 'tributary-domain/1' }],
      counts: { measured: 20, skipped: 0 },
      groups: { 'domain.label': { code: 20 } },
      shares: { domain: expect.arrayContaining([expect.objectContaining({ bucket: 'code', high: 1 })]) },
    });
  });

  it('finds evaluation items in documents, names them, and appends how many there are', async () => {
    const [rows, items] = [join(folder, 'corpus.jsonl'), join(folder, 'items.jsonl')];
    const item = 'a baker sells twelve loaves in the morning and nine loaves in the afternoon';
    writeFileSync(
      items,
      `${JSON.stringify({ id: 'sum', q: item })}\n${JSON.stringify({ id: 'short', q: 'a' })}`,
    );
    writeFileSync(rows, `${JSON.stringify({ text: `Q: ${item.toUpperCase()}?` })}\n{"text":"none"}`);
    const words = ['tag', rows, '--attribute', 'contamination', '--against', items];
    const found = [{ item: 0, id: 'sum', share: 1 }];
    const totals = { items_compared: 1, items_too_short: 1, items_found: 1, items_mostly_found: 1 };
    expect(await answer('tag', ...words, '--documents')).toMatchObject({
      documents: [
        { row: 0, values: { is_contaminated: true, longest_match: 14 }, items: found },
        { row: 1, values: { is_contaminated: false, longest_match: 0 } },
      ],
      totals: { contamination: totals },
      items: found,
    });
    expect(await answer('tag', ...words, '--dry-run')).toMatchObject({ facts: { planned: 10 } });
    expect(await answer('refusal', ...words.slice(0, 4))).toMatchObject({ refusal: 'items_missing' });
  });

  it('finds copies of documents across the files of a folder, and refuses a sample of them', async () => {
    const corpus = join(folder, 'corpus');
    mkdirSync(corpus);
    const text = Array.from({ length: 90 }, (_none, at) => `w${at}`);
    const lines = [text, text.with(44, 'changed'), ['another'], []].map((words) =>
      JSON.stringify({ text: words.join(' ') }),
    );
    writeFileSync(join(corpus, 'a.jsonl'), lines.join('\n'));
    writeFileSync(join(corpus, 'b.jsonl'), lines.slice(0, 1).join('\n'));
    const words = ['tag', corpus, '--attribute', 'duplicates'];
    expect(await answer('tag', ...words, '--documents')).toMatchObject({
      documents: [
        { row: 0, values: { cluster_size: 3, is_duplicate: false } },
        { row: 1, values: { cluster_size: 3, is_duplicate: true, is_exact_duplicate: false } },
        { row: 2, values: { cluster_size: 1 } },
        { row: 0, values: { cluster_size: 3, is_duplicate: true, is_exact_duplicate: true } },
      ],
      skipped: [{ row: 3, code: 'no_words' }],
    });
    expect(await answer('tag', ...words, '--dry-run')).toMatchObject({
      groups: { 'duplicates.kind': { 'first of a cluster': 1, 'near copy': 1, single: 1, 'exact copy': 1 } },
      totals: { duplicates: { clusters: 1 } },
      facts: { planned: 18 },
    });
    expect(await answer('refusal', ...words, '--sample', '2')).toMatchObject({
      refusal: 'sample_not_possible',
    });
  });

  it('counts tokens by the tokenizer that is named, also where no attribute is', async () => {
    const rows = join(folder, 'tokens.jsonl');
    writeFileSync(
      rows,
      ['hello world', '<|endoftext|>'].map((text) => `${JSON.stringify({ text })}\n`).join(''),
    );
    const words = ['tag', rows, '--tokenizer', 'o200k_base'];
    expect(await answer('tag', ...words, '--documents')).toMatchObject({
      attributes: [{ attribute: 'tokens', instrument: 'o200k_base' }],
      documents: [
        { row: 0, values: { n_tokens: 2, bytes_per_token: 5.5 } },
        { row: 1, values: { n_tokens: 7 } },
      ],
      totals: { tokens: { total_tokens: 9 } },
    });
    const refused = (...options: string[]) => answer('refusal', 'tag', rows, ...options);
    expect(await refused('--attribute', 'tokens')).toMatchObject({ refusal: 'tokenizer_missing' });
    expect(await refused('--tokenizer', 'none')).toMatchObject({ refusal: 'tokenizer_unknown' });
  });

  it('lists what can be measured', async () => {
    expect(await answer('attributes', 'attributes')).toMatchObject({
      attributes: [
        { name: 'cirs' },
        { name: 'cirs_ts' },
        { name: 'syntax' },
        { name: 'structure' },
        { name: 'scaffold', totals: { density_50: expect.any(String) } },
        { name: 'domain' },
        { name: 'natural_language' },
        { name: 'tokens', totals: { total_tokens: expect.any(String) } },
        { name: 'contamination', totals: { items_found: expect.any(String) } },
        { name: 'duplicates' },
        { name: 'licence' },
        { name: 'traces' },
      ],
    });
  });

  it('refuses to tag where the field or the attribute is not clear', async () => {
    const rows = join(folder, 'fields.json');
    writeFileSync(rows, '[{"text":"a","code":"b"}]');
    const refused = (...words: string[]) => answer('refusal', 'tag', rows, ...words);
    expect(await refused('--attribute', 'cirs')).toMatchObject({ refusal: 'field_ambiguous' });
    expect(await refused('--attribute', 'none')).toMatchObject({ refusal: 'attribute_unknown' });
    const normaliser = ['--attribute', 'cirs', '--normaliser', rows];
    expect(await refused(...normaliser)).toMatchObject({ refusal: 'normaliser_invalid' });
  });
});
