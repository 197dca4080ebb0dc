import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import type { Attribute, Instrument, NormaliserUsed } from './attribute.ts';
import { attributeFacts, normaliserFact } from './facts.ts';
import { meanInterval } from './interval.ts';
import { Summary } from './summary.ts';

const normaliser: NormaliserUsed = {
  id: 'sha256:0',
  from: 'corpus',
  n_kept: 2,
  feature_order: ['length'],
  corpus_mean: [3],
  corpus_sd_population: [1],
  logic_mean: 0,
  logic_sd_population: 0,
};

const instrument: Instrument = {
  name: 'ruler',
  version: '1',
  measure: async () => [],
  relative: {
    names: ['size'],
    isFrozen: false,
    observe: () => undefined,
    score: (values) => values,
    normaliser: () => normaliser,
  },
  close: async () => undefined,
};

const attribute: Attribute = {
  name: 'size',
  description: 'sizes',
  values: { length: 'length', is_long: 'whether it is long', size: 'size' },
  groups: ({ is_long }) => ({ class: is_long === true ? 'long' : 'short' }),
  open: async () => ({ ok: true, instrument }),
};

function summaryOf(lengths: readonly number[]): Summary {
  const summary = new Summary([attribute]);
  for (const [row, length] of lengths.entries())
    summary.add({ path: 'a', row, values: { length, is_long: length > 3, size: length / 10 } });
  return summary;
}

describe('the facts of a file', () => {
  const summary = summaryOf([2, 4, 6, 8]);
  const facts = attributeFacts(attribute, instrument, {
    shard: 'a@1',
    summary,
    isSample: true,
    totals: { found: 3 },
  });

  it('have the mean of each number, the share of each yes, documents by group, and what was counted of the file', () => {
    expect(facts.map(({ attribute: name, values }) => [name, values])).toEqual([
      ['size.length', [{ ref: 'a@1', value: 5 }]],
      ['size.is_long', [{ ref: 'a@1', value: 0.75 }]],
      ['size', [{ ref: 'a@1', value: 0.5 }]],
      [
        'size.class',
        [
          { ref: 'a@1', bucket: 'short', value: 1 },
          { ref: 'a@1', bucket: 'long', value: 3 },
        ],
      ],
      ['size.found', [{ ref: 'a@1', value: 3 }]],
      ['size.documents', [{ ref: 'a@1', value: 4 }]],
    ]);
    expect(new Set(facts.map(({ method }) => method))).toEqual(new Set(['sampled']));
  });

  it('name the normaliser only where a value is relative to it', () => {
    const named = facts.filter(({ instrument: { normaliserId } }) => normaliserId === normaliser.id);
    expect(named.map((fact) => fact.attribute)).toEqual(['size']);
  });

  it('are what the contract takes', () => {
    for (const fact of facts) expect(checkFact('corpus.attribute.measured', fact)).toBeUndefined();
    const frozen = normaliserFact('size', 'corpus', normaliser);
    expect(checkFact('corpus.normaliser.frozen', frozen)).toBeUndefined();
    expect(frozen.statistics).toEqual({ length: { mean: 3, sd: 1 }, logic: { mean: 0, sd: 0 } });
  });

  it('are none of a file in which nothing was measured', () => {
    const nothing = { shard: 'a', summary: summaryOf([]), isSample: false };
    expect(attributeFacts(attribute, instrument, nothing)).toEqual([]);
  });
});

describe('the interval of a mean', () => {
  const value = { n: 100, mean: 10, sd: 3, min: 0, max: 20 };

  it('is that of a sample without replacement, and a point where every row was drawn', () => {
    const [low, high] = meanInterval(value, { rows: 400, drawn: 100 }) ?? [0, 0];
    expect((high - low) / 2).toBeCloseTo(1.95996 * Math.sqrt(9 / 99) * Math.sqrt(0.75), 4);
    expect(meanInterval(value, { rows: 100, drawn: 100 })).toEqual([10, 10]);
    expect(meanInterval({ ...value, n: 1 }, { rows: 9, drawn: 1 })).toBeUndefined();
  });

  it('covers the mean of all rows about as often as it says', () => {
    const all = Array.from({ length: 500 }, (_none, row) => ((row * 7919) % 97) / 97);
    const truth = all.reduce((sum, one) => sum + one, 0) / all.length;
    const covered = Array.from({ length: 400 }, (_none, at) => {
      const drawn = all.filter(
        (_one, row) => (Math.imul(row * 31 + at * 7_654_321 + 11, 2_654_435_761) >>> 0) % 10 === 0,
      );
      const of = summaryOf(drawn).values['length'];
      const interval = of && meanInterval(of, { rows: all.length, drawn: drawn.length });
      return interval !== undefined && interval[0] <= truth && truth <= interval[1];
    }).filter(Boolean).length;
    expect(covered / 400).toBeGreaterThan(0.9);
  });
});
