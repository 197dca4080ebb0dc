import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentFile } from '@tributary/documents';
import type { DocumentFile } from '@tributary/documents';
import { afterAll, expect, it } from 'vitest';
import type { Instrument, RelativeScores } from './attribute.ts';
import { measureDocuments } from './measure-documents.ts';
import type { SourceRow } from './measure-documents.ts';
import { sampleOfRows } from './sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-tagging-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The length of a text, and how far it is from the mean of the corpus; not of empty texts. */
function lengths(mean?: number): Instrument {
  const seen: number[] = [];
  const relative: RelativeScores = {
    names: ['above'],
    isFrozen: mean !== undefined,
    observe: ({ length }) => void seen.push(Number(length)),
    score: (values) => ({
      ...values,
      above: Number(values['length']) - (mean ?? seen.reduce((sum, one) => sum + one, 0) / seen.length),
    }),
    normaliser: () => ({
      id: 'mean',
      from: 'corpus',
      feature_order: [],
      corpus_mean: [],
      corpus_sd_population: [],
      logic_mean: 0,
      logic_sd_population: 0,
    }),
  };
  return {
    name: 'length',
    version: '1',
    relative,
    measure: async (documents) =>
      documents.map(({ text }) =>
        text === '' ? { code: 'empty', reason: 'no text' } : { values: { length: text.length } },
      ),
    close: async () => undefined,
  };
}

const hasA: Instrument = {
  name: 'has_a',
  version: '1',
  measure: async (documents) => documents.map(({ text }) => ({ values: { has_a: text.includes('a') } })),
  close: async () => undefined,
};

async function rowsOf(texts: readonly unknown[], ...instruments: readonly Instrument[]) {
  const path = join(folder, 'rows.jsonl');
  writeFileSync(path, texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
  const named = instruments.map((instrument) => ({ attribute: instrument.name, instrument }));
  const source = (await documentFile(path)).documents('text');
  const rows = [];
  for await (const { path: _path, ...row } of measureDocuments(sourced(source, path), named)) rows.push(row);
  return rows;
}

async function* sourced(
  rows: ReturnType<DocumentFile['documents']>,
  path: string,
): AsyncGenerator<SourceRow> {
  for await (const row of rows) yield { ...row, path };
}

const MANY = Array.from({ length: 700 }, (_none, row) => (row % 9 === 0 ? '' : 'a'.repeat(row % 7)));

it('scores each document by the whole corpus, in the order of the rows, as if its mean had been known', async () => {
  const rows = await rowsOf(MANY, lengths());
  const measured = rows.flatMap((row) => ('code' in row ? [] : [row]));
  const mean = measured.reduce((sum, { values }) => sum + Number(values['length']), 0) / measured.length;
  const known = await rowsOf(MANY, lengths(mean));
  expect(measured).toEqual(known.filter((row) => !('code' in row)));
  expect(known.map(({ row }) => row)).toEqual(MANY.map((_text, row) => row));
});

it('has the values of every attribute that could be measured, and names the one that could not', async () => {
  expect(await rowsOf(['ab', '', 1], lengths(0), hasA)).toEqual([
    { row: 0, values: { length: 2, above: 2, has_a: true } },
    { row: 1, code: 'empty', reason: 'no text', attribute: 'length', isCounted: true },
    { row: 1, values: { has_a: false } },
    { row: 2, code: 'not_text', reason: 'the field text holds a number, no text' },
  ]);
});

it('draws the same rows by the same seed, and a smaller sample from a larger one', () => {
  const sample = sampleOfRows(1000, 100, '7');
  expect(sample).toEqual(sampleOfRows(1000, 100, '7'));
  expect([...sampleOfRows(1000, 40, '7')].every((row) => sample.has(row))).toBe(true);
  expect(sampleOfRows(1000, 100, '8')).not.toEqual(sample);
  expect(sampleOfRows(5, 100, '7').size).toBe(5);
  const mean = [...sampleOfRows(1000, 400, '7')].reduce((sum, row) => sum + row, 0) / 400;
  expect(Math.abs(mean - 499.5)).toBeLessThan(4 * Math.sqrt(1000 ** 2 / 12 / 400));
});

it('draws those rows whose keys are smallest, in the memory of the sample', () => {
  const keys = Array.from({ length: 3000 }, (_none, row) => ({
    row,
    key: createHash('sha256').update(`s:${row}`).digest('hex').slice(0, 12),
  }));
  const order = keys.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ row }) => row);
  for (const [rows, size] of [
    [3000, 1],
    [3000, 7],
    [3000, 1500],
    [3000, 2999],
    [3000, 3000],
    [10, 11],
  ] as const)
    expect(sampleOfRows(rows, size, 's')).toEqual(new Set(order.filter((row) => row < rows).slice(0, size)));
});
