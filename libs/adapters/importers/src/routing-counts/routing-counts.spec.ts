import { describe, expect, it } from 'vitest';
import { factsOf, hasShared, importOf, shared } from '../import.fixture.ts';
import { routingCounts } from './routing-counts.ts';

const HEADER = 'model,topk,domain,layer,expert,count';
const table = (...rows: string[]) => ({ 'counts.csv': [HEADER, ...rows].join('\n') });

describe('routing-counts', () => {
  it('infers the experts per token from first and all choices', async () => {
    const imported = await importOf(
      routingCounts,
      table(
        'm,topk,web,0,0,6',
        'm,topk,web,0,1,4',
        'm,top1,web,0,0,3',
        'm,top1,web,0,1,2',
        'm-sft,topk,code,0,0,8',
        'm-sft,topk,code,0,1,2',
      ),
    );
    expect(factsOf(imported, 'routing.load.observed')).toMatchObject([
      {
        checkpointId: 'm',
        domain: 'web',
        topK: 2,
        choice: 'all',
        counts: [6, 4],
        tokens: 5,
        method: 'reported',
      },
      { choice: 'first', counts: [3, 2], tokens: 5 },
      { checkpointId: 'm-sft', domain: 'code', topK: 2, tokens: 5 },
    ]);
  });

  it('rejects a group if an expert is missing or repeated, or if the experts per token are unknown', async () => {
    const imported = await importOf(
      routingCounts,
      table(
        'm,top2,a,0,0,1',
        'm,top2,a,0,2,1',
        'm,top2,b,0,0,1',
        'm,top2,b,0,0,1',
        'm,topk,c,0,0,1',
        'm,top2,d,0,0,x',
      ),
    );
    expect(imported.events).toEqual([]);
    expect(imported.rejected.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('"x"'),
      expect.stringContaining('expert 1 has no row'),
      expect.stringContaining('two rows'),
      expect.stringContaining('number of experts'),
    ]);
  });

  it('takes the experts per token from the table if it has them', async () => {
    const imported = await importOf(routingCounts, table('m,top2,web,0,0,6'));
    expect(factsOf(imported, 'routing.load.observed')).toMatchObject([{ topK: 2, tokens: 3 }]);
  });

  it('does not match other tables', async () => {
    expect(await routingCounts.detect({ name: 'x', files: [] })).toEqual([]);
    expect((await importOf(routingCounts, { 'a.csv': 'expert,layer\n1,2\n' })).events).toEqual([]);
  });
});

describe.skipIf(!hasShared('olmoe-routing'))('olmoe-routing (needs shared data olmoe-routing)', () => {
  it('has 39 groups of 64 experts, whose counts sum to 1,671,168 in a domain', async () => {
    const imported = await importOf(routingCounts, await shared('olmoe-routing'));
    const loads = factsOf(imported, 'routing.load.observed');
    expect(imported.rejected).toEqual([]);
    expect(loads).toHaveLength(39);
    expect(loads.every(({ counts, topK }) => counts.length === 64 && topK === 8)).toBe(true);
    const five = loads.filter(({ choice, domain }) => choice === 'all' && domain !== 'tulu');
    expect(five).toHaveLength(15);
    for (const { counts, tokens } of five) {
      expect([counts.reduce((sum, count) => sum + count, 0), tokens]).toEqual([1_671_168, 208_896]);
    }
    expect(loads.flatMap(({ counts }) => counts).filter((count) => count === 0)).toHaveLength(13);
  });
});

describe('tables of other projects', () => {
  it('can have other column names', async () => {
    const text = 'Checkpoint,top_k,Dataset,layer_idx,expert_idx,num_tokens\nm,2,web,0,0,6\nm,2,web,0,1,4\n';
    const [load] = factsOf(await importOf(routingCounts, { 'a.csv': text }), 'routing.load.observed');
    expect(load).toMatchObject({
      checkpointId: 'm',
      domain: 'web',
      layer: 0,
      topK: 2,
      counts: [6, 4],
      tokens: 5,
    });
  });

  it('lose rows with values out of range', async () => {
    const text = 'model,topk,domain,layer,expert,count\nm,top1,web,200000,0,6\nm,top20000,web,0,0,6\n';
    const imported = await importOf(routingCounts, { 'a.csv': text });
    expect(imported.events).toEqual([]);
    expect(imported.rejected.map(({ source }) => source)).toEqual(['a.csv:2', 'a.csv:3', 'a.csv']);
  });
});
