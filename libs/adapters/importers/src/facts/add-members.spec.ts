import { describe, expect, it } from 'vitest';
import type { FactCatalogue } from '@tributary/contracts';
import { addMembers } from './add-members.ts';
import { FactCollector } from './fact-collector.ts';

function chunks(count: number, nameLength: number) {
  const collector = new FactCollector({ kind: 'test', version: '1' });
  const members = Array.from({ length: count }, (_value, index) => ({
    shardId: `${index}`.padEnd(nameLength, 'x'),
    repeats: 1,
  }));
  addMembers(collector, { sha256: '', pointer: '' }, 's', members);
  return collector.finish().events.map(({ data }) => data as FactCatalogue['corpus.members.listed']);
}

describe('members of a snapshot', () => {
  it('are listed in facts of at most 5,000 members, each with the index of its first member', () => {
    expect(chunks(5001, 5).map(({ firstIndex, members }) => [firstIndex, members.length])).toEqual([
      [0, 5000],
      [5000, 1],
    ]);
    expect(chunks(0, 5)).toEqual([]);
  });

  it('are listed in facts smaller than 512 KiB even if their names are long', () => {
    const facts = chunks(2000, 1000);
    expect(facts.length).toBeGreaterThan(4);
    expect(Math.max(...facts.map((fact) => JSON.stringify(fact).length))).toBeLessThan(512 * 1024);
    expect(facts.flatMap(({ members }) => members)).toHaveLength(2000);
  });
});
