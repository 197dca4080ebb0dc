import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Instrument, MeasureOptions } from './attribute.ts';
import { contaminationAttribute } from './contamination-attribute.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-contamination-'));
afterAll(() => rmSync(folder, { recursive: true }));

function itemFile(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const open = (path: string, more: MeasureOptions & { readonly fields?: readonly string[] } = {}) =>
  contaminationAttribute.open({ against: { path, fields: more.fields ?? [] }, ...more });

async function opened(path: string, more: Parameters<typeof open>[1] = {}): Promise<Instrument> {
  const one = await open(path, more);
  if (!one.ok) throw new Error(one.text);
  return one.instrument;
}

/** Sixty words that are all different. */
const wordsFrom = (first: number): string[] => Array.from({ length: 60 }, (_none, at) => `word${first + at}`);
const items = [
  { task_id: 'first', prompt: wordsFrom(0).join(' '), label: 'yes' },
  { task_id: 7, turns: [{ text: wordsFrom(100).join(' ') }, { text: 'too short' }] },
  { prompt: 'an item of five words' },
];
const lines = items.map((item) => JSON.stringify(item)).join('\n');
const path = itemFile('items.jsonl', lines);

const measured = (instrument: Instrument, ...texts: readonly string[]) =>
  instrument.measure(texts.map((text, row) => ({ path: 'a', row, text })));

describe('contamination', () => {
  it('says which items a document has, and how much of each, of copies with and without edits', async () => {
    const instrument = await opened(path);
    const edited = wordsFrom(0).with(20, 'edited');
    const documents = await measured(
      instrument,
      `Q: ${wordsFrom(0).join(' \r\n').toUpperCase()}.`,
      `${edited.join(', ')} and ${wordsFrom(100).slice(10, 23).join(' ')}`,
      wordsFrom(0).slice(5, 17).join(' '),
      '',
    );
    const none = {
      is_contaminated: false,
      matched_items: 0,
      item_share: 0,
      document_share: 0,
      longest_match: 0,
    };
    expect(documents).toEqual([
      {
        values: {
          is_contaminated: true,
          matched_items: 1,
          item_share: 1,
          document_share: 48 / 49,
          longest_match: 60,
        },
        items: [{ item: 0, id: 'first', share: 1 }],
      },
      {
        values: {
          is_contaminated: true,
          matched_items: 2,
          item_share: 35 / 48,
          document_share: 36 / 62,
          longest_match: 39,
        },
        items: [
          { item: 0, id: 'first', share: 35 / 48 },
          { item: 1, id: '7', share: 1 / 48 },
        ],
      },
      { values: none },
      { values: none },
    ]);
    const all = { items_compared: 2, items_too_short: 1, items_found: 2, items_mostly_found: 1 };
    expect(instrument.totals?.()).toEqual(all);
    expect(instrument.items?.()).toEqual([
      { item: 0, id: 'first', share: 1 },
      { item: 1, id: '7', share: 1 / 48 },
    ]);
  });

  it('counts the items of each file for itself, and those that several files have together', async () => {
    const instrument = await opened(path);
    const halves = [wordsFrom(0).slice(0, 36), wordsFrom(0).slice(24)];
    await instrument.measure(
      halves.map((words, at) => ({ path: `part ${at}`, row: 0, text: words.join(' ') })),
    );
    const found = { items_found: 1, items_mostly_found: 0 };
    expect(instrument.totals?.('part 0')).toMatchObject(found);
    expect(instrument.totals?.('part 1')).toMatchObject(found);
    expect(instrument.totals?.('an empty file')).toMatchObject({ items_found: 0 });
    expect(instrument.totals?.()).toMatchObject({ items_found: 1, items_mostly_found: 1 });
  });

  it('compares the fields that are named, by n-grams of the length that is named, whatever the file is packed in', async () => {
    const packed = itemFile(
      'items.json.gz',
      gzipSync(JSON.stringify(items.map(({ task_id }) => ({ task_id, q: 'a b c', a: 'd e f' })))),
    );
    const one = await opened(packed, { fields: ['q'], ngram: 3 });
    expect(await measured(one, 'a b c d e f')).toMatchObject([
      { values: { matched_items: 3, document_share: 1 / 4 } },
    ]);
    expect(one.items?.()[2]).toEqual({ item: 2, id: 'row 2', share: 1 });
    const other = await opened(packed, { fields: ['q', 'a'], ngram: 3 });
    expect(other.version).not.toBe(one.version);
    expect(await measured(other, 'a b c d e f')).toMatchObject([
      { values: { document_share: 1 / 2, longest_match: 3 } },
    ]);
  });

  it('refuses a file of items that cannot be read whole, and one in which nothing can be found', async () => {
    const refusal = async (...with_: Parameters<typeof open>) => {
      const one = await open(...with_);
      return one.ok ? undefined : `${one.refusal}: ${one.text}`;
    };
    expect(await contaminationAttribute.open({})).toMatchObject({ refusal: 'items_missing' });
    expect(await refusal(join(folder, 'none.jsonl'))).toMatch(/^items_unreadable/);
    expect(await refusal(folder)).toMatch(/^items_unreadable/);
    expect(await refusal(itemFile('cut.jsonl', `${lines}\n{"prompt":`))).toMatch(
      /^items_broken: row 3 .*not JSON/,
    );
    expect(await refusal(itemFile('list.jsonl', '{"q":"a"}\n["a"]'))).toMatch(
      /^items_broken: row 1 .*no object/,
    );
    expect(await refusal(itemFile('cut.gz', gzipSync(lines).subarray(0, -12)))).toMatch(/^items_broken/);
    expect(await refusal(path, { fields: ['prompt'] })).toMatch(/^items_broken: row 1 .*no field prompt/);
    expect(await refusal(itemFile('short.jsonl', '{"q":"a b"}'))).toMatch(
      /^items_too_short: .*lower --ngram/,
    );
    expect(await refusal(itemFile('empty.jsonl', ''))).toMatch(/^items_too_short/);
    const deep = `{"q":${'['.repeat(200_000)}"a"${']'.repeat(200_000)}}`;
    expect(await refusal(itemFile('deep.jsonl', deep))).toMatch(/^items_/);
  });

  it('measures documents of one word, of no spaces, of NULs and of half surrogates', async () => {
    const one = { id: 'ones', text: 'a '.repeat(1000) };
    const cjk = { id: 'cjk', text: '一二三四五六七八九十百千万' };
    const instrument = await opened(itemFile('odd.jsonl', `${JSON.stringify(one)}\n${JSON.stringify(cjk)}`));
    const documents = await measured(
      instrument,
      'A '.repeat(50_000),
      `私は${cjk.text}と`,
      'a\0'.repeat(13),
      `${'a\uD800'.repeat(12)}a`,
      'a'.repeat(100_000),
    );
    const found = documents.map((document) =>
      'items' in document ? document.items?.map(({ id }) => id) : [],
    );
    expect(found).toEqual([['ones'], ['cjk'], ['ones'], ['ones'], []]);
    expect(documents[0]).toMatchObject({ values: { longest_match: 50_000, document_share: 1 } });
  });
});
