import { checkFact } from '@tributary/contracts';
import type { FactCatalogue } from '@tributary/contracts';
import { groupBy } from '@tributary/kernel';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../import.fixture.ts';
import type { ImportedEvent } from '../facts/imported-event.ts';
import type { Importer } from '../importer.ts';
import { olmoMix } from './mix/mix.ts';
import { olmoProvenance } from './provenance/provenance.ts';
import { olmoSourceMixture } from './source-mixture/source-mixture.ts';
import { olmoTraining } from './training/training.ts';

async function imported(importer: Importer, name: string) {
  const matches = await importer.detect(await shared(name));
  const read = await importer.read({ name, files: matches.flatMap(({ files }) => files) }, {});
  expect(read.rejected).toEqual([]);
  for (const { type, data } of read.events) expect(checkFact(type, data)).toBeUndefined();
  expect(new Set(read.events.map(({ id }) => id)).size).toBe(read.events.length);
  return read;
}
const of = <Type extends keyof FactCatalogue>(events: readonly ImportedEvent[], type: Type) =>
  events.flatMap((event) => (event.type === type ? [event.data as FactCatalogue[Type]] : []));
const countBy = <Item>(items: readonly Item[], key: (item: Item) => string) =>
  Object.fromEntries([...groupBy(items, key)].map(([name, all]) => [name, all.length]));

describe.skipIf(!hasShared('olmo2-configs'))('OLMo 2 (needs shared data olmo2-configs)', () => {
  it('has 13 configurations as planned runs, stage 2 of 7B by three seeds on the same shards', async () => {
    const { events } = await imported(olmoTraining, 'olmo2-configs');
    const configured = of(events, 'training.run.planned').filter(
      ({ snapshotId }) => snapshotId !== undefined,
    );
    expect(configured).toHaveLength(13);
    const seven = configured.filter(({ runId }) => runId.includes('OLMo2-7B-stage2'));
    expect(seven.map(({ seeds }) => seeds.init).toSorted((a = 0, b = 0) => a - b)).toEqual([42, 666, 42069]);
    expect(seven).toMatchObject(
      Array.from({ length: 3 }, () => ({
        tokenBudget: 50e9,
        parentCheckpointId: 'https://olmo-checkpoints.org/ai2-llm/peteish7/step928646-unsharded',
        config: {
          stop_at: 11931,
          optimizer: { learning_rate: 0.000061499 },
          data: { paths: { references: 576 } },
        },
      })),
    );
    const snapshots = of(events, 'corpus.snapshot.registered').filter(({ snapshotId }) =>
      snapshotId.includes('OLMo2-7B-stage2'),
    );
    expect(new Set(snapshots.map(({ digest }) => digest?.value)).size).toBe(1);
  });

  it('has 2,476 references to 992 shards in 13B stage 2 at 300B tokens, 464 of them four times', async () => {
    const { events } = await imported(olmoTraining, 'olmo2-configs');
    const snapshot = of(events, 'corpus.snapshot.registered').find(({ snapshotId }) =>
      snapshotId.includes('2662-300B'),
    );
    expect(snapshot?.config).toMatchObject({
      references: 2476,
      shards: 992,
      repeats: { 1: 436, 2: 92, 4: 464 },
    });
    const lists = of(events, 'corpus.members.listed').filter(
      ({ snapshotId }) => snapshotId === snapshot?.snapshotId,
    );
    expect(
      countBy(
        lists.flatMap(({ members }) => members),
        ({ repeats }) => String(repeats),
      ),
    ).toEqual({ 1: 436, 2: 92, 4: 464 });
    const run = of(events, 'training.run.planned').find(
      ({ snapshotId }) => snapshotId === snapshot?.snapshotId,
    );
    expect(run).toMatchObject({
      tokenBudget: 300e9,
      seeds: { init: 2662 },
      config: { tokensPerStep: 2048 * 4096 },
    });
    const groups =
      (snapshot?.config as { groups: { declaredTokens?: number; lines: number }[] } | undefined)?.groups ??
      [];
    expect(groups[0]).toMatchObject({ declaredTokens: 58_550_000_000 });
    expect(groups.filter(({ declaredTokens }) => declaredTokens !== undefined)).toHaveLength(68);
    expect(groups.reduce((sum, { lines }) => sum + lines, 0)).toBe(2476);
  });

  it('has 1,122 references to 1,117 shards in 7B stage 1, at seed 6198 over one pass', async () => {
    const { events } = await imported(olmoTraining, 'olmo2-configs');
    const run = of(events, 'training.run.planned').find(({ runId }) =>
      runId.startsWith('urn:olmo:run:OLMo2-7B-stage1@'),
    );
    expect(run).toMatchObject({
      seeds: { init: 6198 },
      config: {
        max_duration: '1ep',
        scheduler: { t_max: 5e12, alpha_f: 0.1 },
        data: { paths: { references: 1122, shards: 1117 } },
      },
    });
    expect(run).not.toHaveProperty('tokenBudget');
  });

  it('has lists of 935, 690 and 195 checkpoints of stage 1, and 36, 72 and 72 of stage 2', async () => {
    const { events, warnings } = await imported(olmoTraining, 'olmo2-configs');
    const files = new Map<string, number>();
    for (const { type, importedsha256 } of events) {
      if (type === 'training.checkpoint.saved')
        files.set(importedsha256, (files.get(importedsha256) ?? 0) + 1);
    }
    const repeated = warnings.find(({ code }) => code === 'checkpoint_repeated')?.count ?? 0;
    const counts = [...files.values()].toSorted((left, right) => left - right);
    expect(counts.reduce((sum, count) => sum + count, repeated)).toBe(935 + 690 + 195 + 36 + 72 + 72 + 564);
    expect(counts).toEqual(expect.arrayContaining([935, 195, 36, 72, 72]) as number[]);
  });

  it('leaves the dangling parent of 7B stage 2 unresolved and finds those of 13B and 1B', async () => {
    const { unresolved } = await imported(olmoTraining, 'olmo2-configs');
    expect(unresolved).toHaveLength(3);
    for (const { reason, pointer } of unresolved) {
      expect(pointer).toBe('/load_path');
      expect(reason).toContain('step928646');
    }
  });

  it('infers tokens of a checkpoint from its step', async () => {
    const { events } = await imported(olmoTraining, 'olmo2-configs');
    const saved = of(events, 'training.checkpoint.saved').find(({ checkpointId }) =>
      checkpointId.endsWith('peteish7/step928000-unsharded'),
    );
    expect(saved).toMatchObject({
      tokens: 928_000 * 1024 * 4096,
      tokensMethod: 'inferred',
    });
  });

  it('has 1,119 rows and 1,117 shards by source dataset', async () => {
    const { events } = await imported(olmoProvenance, 'olmo2-configs');
    expect(of(events, 'corpus.snapshot.registered')[0]?.config).toEqual({
      rows: 1119,
      shards: 1117,
      rowsByDataset: {
        dclm: 941,
        starcoder: 100,
        pes2o: 26,
        arxiv: 21,
        'algebraic-stack': 15,
        'open-web-math': 14,
        wiki: 2,
      },
    });
  });
});

describe.skipIf(!hasShared('olmo3-core-mixes'))('OLMo 3 (needs shared data olmo3-core-mixes)', () => {
  it('has mixes with the published rows and labels, two of them with repeats', async () => {
    const { events } = await imported(olmoMix, 'olmo3-core-mixes');
    const found = of(events, 'corpus.snapshot.registered').map(({ name = '', config }) => {
      const { lines, shards, labels } = config as Record<string, number>;
      return [name, lines, shards, labels];
    });
    expect(found).toEqual([
      ['OLMo-longmino-mix-0925', 1000, 1000, 1],
      ['OLMo-midtraining-mix-0925-ingredient1-100B', 12252, 12252, 201],
      ['OLMo-midtraining-mix-0925-ingredient2-100B', 12252, 12252, 201],
      ['OLMo-mix-0625-150Bsample', 6915, 6915, 65],
      ['OLMo-mix-0925-official', 950, 950, 65],
      ['OLMoE-mix-0824', 1122, 1117, 7],
      ['dolma17', 1033, 1031, 15],
      ['v3-small-ppl-validation', 11, 11, 11],
    ]);
  });

  it('has two mid-training ingredients with the same labels and different paths', async () => {
    const { events } = await imported(olmoMix, 'olmo3-core-mixes');
    const both = of(events, 'corpus.snapshot.registered').filter(({ name }) => name?.includes('ingredient'));
    const byLabel = both.map(({ config }) => (config as { linesByLabel: object }).linesByLabel);
    expect(byLabel[0]).toEqual(byLabel[1]);
    expect(both[0]?.digest).not.toEqual(both[1]?.digest);
  });

  it('has 61 ratios that sum to 1.0000006', async () => {
    const { events, warnings } = await imported(olmoSourceMixture, 'olmo3-core-mixes');
    const [plan] = of(events, 'mixture.plan.decided');
    const weights = plan?.phases[0]?.weights ?? [];
    expect(weights).toHaveLength(61);
    expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1.0000006, 7);
    expect(warnings.map(({ code }) => code)).toEqual(['shares_sum']);
  });

  it('has 1,415, 48 and 12 checkpoints of OLMo-3 7B, the last at 6,073,675,153,408 tokens', async () => {
    const { events } = await imported(olmoTraining, 'olmo3-core-mixes');
    const seven = of(events, 'training.checkpoint.saved').filter(({ runId }) =>
      runId.includes('OLMo-3-1025-7B'),
    );
    expect(countBy(seven, ({ stage = '' }) => stage)).toEqual({
      stage1_pretraining: 1415,
      stage2_midtraining: 48,
      stage3_longcontext: 12,
    });
    expect(seven.at(-1)).toMatchObject({ step: 11921, tokens: 6_073_675_153_408, tokensMethod: 'reported' });
  });

  it('has two souped checkpoints of OLMo-3 32B with two and three parents', async () => {
    const { events, unresolved } = await imported(olmoTraining, 'olmo3-core-mixes');
    const saved = of(events, 'training.checkpoint.saved');
    const thirtyTwo = saved.filter(({ runId }) => runId.includes('OLMo-3-1025-32B'));
    expect(thirtyTwo).toHaveLength(742);
    expect(thirtyTwo.flatMap(({ parents }) => parents?.length ?? [])).toEqual([2, 3]);
    expect(thirtyTwo.at(-1)).toMatchObject({ tokens: 5_979_089_403_904 });
    expect(saved.flatMap(({ parents }) => parents?.length ?? [])).toEqual([2, 2, 3]);
    expect(unresolved).toMatchObject([{ source: expect.stringContaining('32B-stage2.csv:65') as string }]);
  });

  it('has 1,495, 742, 64, 742 and 1,475 rows in its lists', async () => {
    const { plan, warnings } = await imported(olmoTraining, 'olmo3-core-mixes');
    const repeated = warnings.find(({ code }) => code === 'checkpoint_repeated')?.count ?? 0;
    expect((plan.byType['training.checkpoint.saved'] ?? 0) + repeated).toBe(1495 + 742 + 64 + 742 + 1475);
  });
});
