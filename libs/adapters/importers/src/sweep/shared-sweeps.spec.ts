import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../import.fixture.ts';
import { recognise, sweep } from '../index.ts';

async function imported(name: string) {
  const { sources } = await recognise([sweep], await shared(name));
  expect(sources).toMatchObject([{ confidence: 1, folder: { name } }]);
  return sweep.read(sources[0]?.folder ?? { name, files: [] }, {});
}

describe.skipIf(!hasShared('regmix'))('regmix (needs shared data regmix)', () => {
  it('becomes 768 runs with 13 losses each, 256 of them held out', async () => {
    const { plan, rejected, warnings, events } = await imported('regmix');
    expect(rejected).toEqual([]);
    expect(plan.byType).toMatchObject({ 'training.run.started': 768, 'evaluation.score.recorded': 768 * 13 });
    expect(plan.experiments[0]).toMatchObject({
      experiment: 'regmix-1m',
      mixtures: 768,
      arms: { train: 512, held_out: 256 },
    });
    expect(plan.experiments[0]?.slices).toHaveLength(17);
    expect(plan.experiments[0]?.slices).toContain('pile_cc');
    expect(plan.experiments[0]?.capabilities).toContain('gutenberg_pg_19');
    expect(plan.experiments[1]).toMatchObject({ experiment: 'regmix-60m', mixtures: 256, runs: 0 });
    expect(warnings.map(({ code }) => code)).toContain('shares_renormalised');
    for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
  });
});

describe.skipIf(!hasShared('synthetic-truth'))('synthetic-truth (needs shared data synthetic-truth)', () => {
  it('becomes ablation, swarm and observational arms with their seeds', async () => {
    const { plan, rejected, events } = await imported('synthetic-truth');
    expect(rejected).toEqual([]);
    expect(plan.experiments).toMatchObject([
      { experiment: 'synthetic-truth', runs: 341, scores: 1705, mixtures: 193 },
    ]);
    expect(plan.experiments[0]?.slices).toContain('math/scaffold');
    const assigned = events.flatMap(({ data }) => ('design' in data ? [data] : []));
    expect(assigned).toMatchObject([
      { design: 'controlled_ablation', control: 'full', arms: { length: 5 } },
      { design: 'swarm', arms: { length: 128 } },
      { design: 'observational', arms: { length: 60 } },
    ]);
    for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
  });
});
