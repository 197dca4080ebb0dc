import { describe, expect, it } from 'vitest';
import { factsOf, hasShared, importOf, shared } from '../import.fixture.ts';
import { attributeTable } from './attribute-table.ts';

const scores = 'row,node_count,structure_score,cirs\n0,12,0.2,0.08\n1,71,0.6,nan\n';
const normaliser = JSON.stringify({
  feature_order: ['node_count'],
  corpus_mean: [40.5],
  corpus_sd_population: [37.9],
  n_kept: 8783,
  logic_mean: 5,
  logic_sd_population: 11,
});

describe('attribute-table', () => {
  it('names the normaliser only for the scores that depend on it', async () => {
    const imported = await importOf(attributeTable, { 'scores.csv': scores, 'summary.json': normaliser });
    const [frozen] = factsOf(imported, 'corpus.normaliser.frozen');
    expect(frozen).toMatchObject({
      attribute: 'cirs',
      items: 8783,
      statistics: { node_count: { mean: 40.5, sd: 37.9 }, logic: { mean: 5, sd: 11 } },
    });
    const measured = factsOf(imported, 'corpus.attribute.measured');
    expect(measured.map(({ attribute, instrument }) => [attribute, instrument.normaliserId])).toEqual([
      ['cirs.node_count', undefined],
      ['cirs.structure_score', frozen?.normaliserId],
      ['cirs', frozen?.normaliserId],
    ]);
    expect(measured[2]?.values).toHaveLength(1);
    expect(imported.rejected).toMatchObject([{ source: 'scores.csv:3', pointer: 'cirs' }]);
  });

  it('leaves the normaliser unresolved if it is not in the folder of the table', async () => {
    const imported = await importOf(attributeTable, { 'scores.csv': scores });
    expect(imported.unresolved).toHaveLength(1);
    expect(factsOf(imported, 'corpus.attribute.measured')).toHaveLength(3);
  });

  it('does not match other tables', async () => {
    const files = { 'a.csv': 'subset_id,q0\n0,1.5\n', 'b.json': '{"feature_order": ["a"]}', 'c.csv': '' };
    expect((await importOf(attributeTable, files)).events).toEqual([]);
  });
});

describe.skipIf(!hasShared('cirs'))('cirs (needs shared data cirs)', () => {
  it('has the scores of 4,000 rows, normalised over 8,783', async () => {
    const imported = await importOf(attributeTable, await shared('cirs'));
    expect(imported.rejected).toEqual([]);
    expect(factsOf(imported, 'corpus.normaliser.frozen')).toMatchObject([{ items: 8783, corpus: 'cirs' }]);
    const cirs = factsOf(imported, 'corpus.attribute.measured').find(({ attribute }) => attribute === 'cirs');
    const values = cirs?.values.map(({ value }) => value) ?? [];
    expect([values.length, values[0], values[1]]).toEqual([4000, 0.08368424, 0.34818666]);
    expect([
      values.filter((value) => value < 0.125).length,
      values.filter((value) => value > 0.5).length,
    ]).toEqual([736, 413]);
    expect(cirs?.instrument.normaliserId).toMatch(/^expected_summary@/);
  });
});

describe.skipIf(!hasShared('kronfluence-wikitext'))(
  'kronfluence (needs shared data kronfluence-wikitext)',
  () => {
    it('is not an attribute table: masks and losses of retrained models are not document scores', async () => {
      expect(await attributeTable.detect(await shared('kronfluence-wikitext'))).toEqual([]);
    });
  },
);

describe('invalid normalisation statistics', () => {
  const statistics = (features: string[], means: (number | null)[]) =>
    JSON.stringify({ feature_order: features, corpus_mean: means, corpus_sd_population: means });

  it('are not matched if a mean is missing', async () => {
    const files = { 'summary.json': statistics(['a', 'b'], [1, null]) };
    expect((await importOf(attributeTable, files)).events).toEqual([]);
  });

  it('are rejected if they have more features than a fact can hold', async () => {
    const many = Array.from({ length: 1001 }, (_none, at) => `f${at}`);
    const imported = await importOf(attributeTable, {
      'summary.json': statistics(
        many,
        many.map(() => 1),
      ),
    });
    expect([imported.events, imported.rejected[0]?.pointer]).toEqual([[], '/feature_order']);
  });
});
