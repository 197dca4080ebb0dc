import { describe, expect, it } from 'vitest';
import { answered, evidenceOf, MAX_EVIDENCE, merged } from './answer.ts';
import type { Freshness } from './answer.ts';

const fresh: Freshness = {
  position: [9],
  asOf: { position: '9', time: null },
  complete: true,
  reason: null,
  lag: 0,
};

describe('evidence', () => {
  it('lists each position once, in the order of the log', () => {
    expect(evidenceOf([10, 2, 10])).toEqual(['2', '10']);
    expect(evidenceOf([2 ** 40 + 3, 5])).toEqual(['5', '1:3']);
  });

  it('of parts counts what their queries left out', () => {
    const parts = [{ positions: [1, 2], total: 5 }, { positions: [2, 3] }];
    expect(merged(parts)).toEqual({ positions: [1, 2, 3], total: 6 });
    expect(merged([])).toEqual({ positions: [], total: 0 });
  });
});

describe('an answer', () => {
  it('has the fields of its position, and nothing of the parameters of queries', () => {
    expect(answered(fresh, { positions: [3, 1] })).toEqual({
      asOf: { position: '9', time: null },
      complete: true,
      reason: null,
      lag: 0,
      evidence: ['1', '3'],
      evidenceTotal: 2,
    });
  });

  it('says how many events there are where it lists fewer', () => {
    expect(answered(fresh, { positions: [1], total: 7 })).toMatchObject({
      evidence: ['1'],
      evidenceTotal: 7,
    });
    const positions = Array.from({ length: MAX_EVIDENCE + 5 }, (_, index) => index + 1);
    const { evidence, evidenceTotal } = answered(fresh, { positions });
    expect(evidence).toHaveLength(MAX_EVIDENCE);
    expect(evidenceTotal).toBe(MAX_EVIDENCE + 5);
  });
});
