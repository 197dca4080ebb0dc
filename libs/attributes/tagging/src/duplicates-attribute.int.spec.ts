import { expect, it } from 'vitest';
import type { Instrument, MeasureOptions } from './attribute.ts';
import { duplicatesAttribute } from './duplicates-attribute.ts';
import { measureDocuments } from './measure-documents.ts';
import type { SourceRow } from './measure-documents.ts';

const story = Array.from({ length: 100 }, (_none, at) => `word${at}`);
const near = story.with(50, 'changed').join(' ');
const files = {
  a: [story.join(' '), 'another text altogether', '—'],
  b: [`${story.join('\r\n').toUpperCase()}.`, near, 'a third text'],
};

async function measured(options: MeasureOptions = {}) {
  const opened = await duplicatesAttribute.open(options);
  if (!opened.ok) throw new Error(opened.text);
  const { instrument } = opened;
  const rows = [];
  const instruments = [{ attribute: 'duplicates', instrument }];
  for await (const row of measureDocuments(documentsOf(files), instruments)) rows.push(row);
  return { instrument, rows };
}

async function* documentsOf(all: Readonly<Record<string, readonly string[]>>): AsyncGenerator<SourceRow> {
  for (const [path, texts] of Object.entries(all))
    for (const [row, text] of texts.entries()) yield { path, row, text };
}

const totalsOf = (instrument: Instrument, path?: string) => instrument.totals?.(path);

it('says of each document which ones it is a copy of, across files, and keeps the first', async () => {
  const { rows, instrument } = await measured();
  expect(rows).toMatchObject([
    { path: 'a', row: 2, code: 'no_words' },
    {
      path: 'a',
      row: 0,
      values: { cluster_size: 3, is_duplicate: false, similarity: 1, similarity_error: 0 },
    },
    { path: 'a', row: 1, values: { cluster_size: 1, is_duplicate: false } },
    { path: 'b', row: 0, values: { cluster_size: 3, is_duplicate: true, is_exact_duplicate: true } },
    { path: 'b', row: 1, values: { cluster_size: 3, is_duplicate: true, is_exact_duplicate: false } },
    { path: 'b', row: 2, values: { cluster_size: 1, is_duplicate: false } },
  ]);
  const values = rows.flatMap((row) => ('values' in row ? [row.values] : []));
  expect(values[2]?.['cluster']).toBe(values[0]?.['cluster']);
  /* 96 shingles each, of which 91 are the same: 91 of 101 together. */
  const { similarity, similarity_error: error } = values[3]!;
  expect(Math.abs(Number(similarity) - 91 / 101)).toBeLessThan(3 * Number(error));
  expect(values.map((one) => duplicatesAttribute.groups?.(one)['kind'])).toEqual([
    'first of a cluster',
    'single',
    'exact copy',
    'near copy',
    'single',
  ]);
  expect(totalsOf(instrument, 'a')).toEqual({ clusters: 1, duplicate_characters: 0 });
  const [exact, changed, third] = files.b.map((text) => text.length);
  const share = (exact! + changed!) / (exact! + changed! + third!);
  expect(totalsOf(instrument, 'b')).toEqual({ clusters: 1, duplicate_characters: share });
  expect(totalsOf(instrument)).toMatchObject({ clusters: 1 });
});

it('gives the same values again, and others by another seed only for near copies', async () => {
  const [first, second, other] = [await measured(), await measured(), await measured({ seed: '7' })];
  expect(second.rows).toEqual(first.rows);
  expect(other.instrument.version).not.toBe(first.instrument.version);
  const membersOf = ({ rows }: typeof first) =>
    rows.map((row) => ('values' in row ? [row.values['cluster'], row.values['is_duplicate']] : row.code));
  expect(membersOf(other)).toEqual(membersOf(first));
});

it('takes ten thousand copies of one document, and documents of one word, for what they are', async () => {
  const opened = await duplicatesAttribute.open({});
  if (!opened.ok) throw new Error(opened.text);
  const { instrument } = opened;
  const batch = Array.from({ length: 1000 }, (_none, row) => ({ path: 'a', row, text: 'One, two.' }));
  for (let at = 0; at < 10; at++) await instrument.measure(batch);
  const odd = [
    'a '.repeat(50_000),
    '一'.repeat(50_000),
    'a'.repeat(50_000),
    'a\0'.repeat(9),
    'a\uD800'.repeat(9),
  ];
  await instrument.measure(odd.map((text, row) => ({ path: 'b', row, text })));
  const valuesOf = (document: number) => instrument.corpus?.score({ document });
  expect(valuesOf(9_999)).toMatchObject({ cluster_size: 10_000, is_exact_duplicate: true, similarity: 1 });
  expect([10_000, 10_001, 10_002, 10_004].map((document) => valuesOf(document)?.['cluster_size'])).toEqual([
    3, 1, 1, 3,
  ]);
  expect(totalsOf(instrument)).toMatchObject({ clusters: 2 });
});
