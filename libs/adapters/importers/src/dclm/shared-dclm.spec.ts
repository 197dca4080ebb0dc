import { checkFact } from '@tributary/contracts';
import type { FactCatalogue } from '@tributary/contracts';
import { groupBy } from '@tributary/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileMatch, Imported } from '../importer.ts';
import { DATASET_WITHOUT_UUID, SOURCE_WITHOUT_NAME } from './dclm-record.ts';
import { dclm } from './dclm.ts';
import { factsOf, hasShared, shared } from '../import.fixture.ts';
import { storeGraph } from './store-graph.fixture.ts';

describe.skipIf(!hasShared('dclm-expdb'))('the DCLM store (needs shared data dclm-expdb)', () => {
  let matches: readonly FileMatch[];
  let imported: Imported;
  const facts = <Type extends keyof FactCatalogue>(type: Type) => factsOf(imported, type);

  beforeAll(async () => {
    const folder = await shared('dclm-expdb');
    matches = await dclm.detect(folder);
    const [match] = matches;
    imported = await dclm.read({ name: 'dclm-expdb', files: match?.files ?? [] }, {});
  }, 120_000);

  it('is one match of 381 records', () => {
    expect(matches).toMatchObject([{ confidence: 0.97, files: { length: 381 } }]);
  });

  it('becomes 92 datasets, 133 models and 156 evaluations that match their schemas', () => {
    expect(imported.rejected).toEqual([]);
    const evaluations = new Set(facts('evaluation.score.recorded').map(({ evaluationId }) => evaluationId));
    expect(new Set(facts('corpus.snapshot.registered').map(({ snapshotId }) => snapshotId)).size).toBe(92);
    expect(new Set(facts('training.run.started').map(({ runId }) => runId)).size).toBe(133);
    expect(evaluations.size).toBe(156);
    for (const { type, data } of imported.events) expect(checkFact(type, data)).toBeUndefined();
    expect(new Set(imported.events.map(({ id }) => id)).size).toBe(imported.events.length);
  });

  it('is a graph of 466 nodes, 85 of them stubs, and 412 edges', () => {
    const { registered, stubs, edges } = storeGraph(imported.events);
    expect({ nodes: registered.size + stubs.size, stubs: stubs.size, edges: edges.size }).toEqual({
      nodes: 466,
      stubs: 85,
      edges: 412,
    });
    const fanOut = groupBy([...edges.keys()], (edge) => edge.split(' -> ')[0] ?? '');
    expect(Math.max(...[...fanOut.values()].map(({ length }) => length))).toBe(22);
    expect(imported.unresolved).toHaveLength(85);
  });

  it('has stubs for 58 external datasets, 2 addresses, 23 models, an unnamed source and a dataset without uuid', () => {
    const stubs = [...storeGraph(imported.events).stubs];
    const count = (prefix: string) => stubs.filter((stub) => stub.startsWith(prefix)).length;
    expect(count('urn:dclm:dataset:')).toBe(58 + 1);
    expect([count('s3:'), count('https:')]).toEqual([1, 1]);
    expect(count('urn:dclm:model:')).toBe(23);
    expect([count('urn:dclm:model:name:'), count('urn:dclm:model:file:')]).toEqual([20, 2]);
    expect(stubs).toContain(DATASET_WITHOUT_UUID);
    expect(stubs).toContain(SOURCE_WITHOUT_NAME);
  });

  it('has edges from 95 listed sources, 25 addresses, 3 unnamed ones, 133 datasets and 156 models', () => {
    const sources = facts('corpus.snapshot.registered').flatMap(({ sources: listed = [] }) => listed);
    const kinds = Object.fromEntries(
      [...groupBy(sources, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
    );
    expect(kinds).toEqual({ snapshot: 95, uri: 25, unknown: 3 });
    const listed = sources.filter(({ kind }) => kind === 'snapshot');
    expect(listed.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBe(97);
    expect(
      [...storeGraph(imported.events).edges.values()].filter((multiplicity) => multiplicity > 1),
    ).toEqual([2, 2]);
  });

  it('resolves 127 of 133 models to a dataset and 133 of 156 evaluations to a model', () => {
    const { registered, edges } = storeGraph(imported.events);
    const resolved = (target: string) =>
      [...edges.keys()].filter((edge) => {
        const [from = '', to = ''] = edge.split(' -> ');
        return to.startsWith(target) && registered.has(from);
      }).length;
    expect(resolved('urn:dclm:model:')).toBe(127);
    expect(resolved('urn:dclm:eval:')).toBe(133);
    expect(resolved('urn:dclm:dataset:')).toBe(0);
  });

  it('has a warning code for each irregularity', () => {
    expect(Object.fromEntries(imported.warnings.map(({ code, count }) => [code, count]))).toEqual({
      sources_absent: 1,
      embedded_diff: 38,
      secret_redacted: 1,
      size_is_text: 10,
      time_zone_unknown: 381,
      score_absent: 14,
      name_duplicate: 10,
      dataset_uuid_empty: 6,
      model_uuid_missing: 22,
    });
  });

  it('redacts the published token in all facts and marks the redaction', () => {
    expect(JSON.stringify(imported.events)).not.toContain('hf_EXAMPLE');
    const redacted = facts('corpus.snapshot.registered').filter((snapshot) => snapshot.redacted);
    expect(redacted).toHaveLength(1);
    expect(redacted[0]?.code?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has one failed model with its traceback', () => {
    const failed = facts('training.run.ended').filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ reason: expect.stringContaining('AssertionError') as string }]);
    expect(facts('training.run.ended')).toHaveLength(117);
  });

  it('lists the names of the datasets without uuid', () => {
    const lost = imported.unresolved.find(({ reason }) => reason.includes(DATASET_WITHOUT_UUID));
    expect(lost?.reason).toContain('rw_v2_wo_dedup_resiliparse');
    expect(lost?.reason).toContain('refinedweb_v2_postsubstr');
  });

  const coreOf = (version: string, dataset: string, model: RegExp) => {
    const datasets = facts('corpus.snapshot.registered').filter(({ name }) => name === dataset);
    const ids = new Set(datasets.map(({ snapshotId }) => snapshotId));
    const runs = facts('training.run.started').filter(
      ({ snapshotId, model: { name }, config }) =>
        ids.has(snapshotId ?? '') && model.test(name) && chinchilla(config) === 1,
    );
    const scores = facts('evaluation.score.recorded').filter(
      ({ runId, benchmark, metricVersion }) =>
        benchmark === 'Core' && metricVersion === version && runs.some((run) => run.runId === runId),
    );
    return scores.map(({ value }) => Number(value.toFixed(4))).toSorted((left, right) => left - right);
  };
  const chinchilla = (config: unknown) =>
    (config as { hyperparameters?: { chinchilla_multiplier?: number } }).hyperparameters
      ?.chinchilla_multiplier;

  it.each([
    ['c4_original', 0.3422],
    ['dolma_v1_no_resample', 0.3503],
    ['rpj_original', 0.3527],
    ['rw_original', 0.3692],
    ['rw_v2_cc_v3_f0.15_resiliparse_fasttext_openhermes_reddit_eli5_vs_rw_v2_bigram_200k_train_0.1', 0.4101],
    ['rw_v2_cc_v3_f0.15_resiliparase_fasttext_openhermes_reddit_eli5_vs_rw_v2_bigram_200k_train_0.15', 0.398],
    ['rw_v2_cc_v3_f0.15_resiliparse_fasttext_openhermes_reddit_eli5_vs_rw_v2_bigram_200k_train_0.2', 0.3868],
    ['rw_v2_cc_v3_f0.15_resiliparse_fasttext_openhermes_reddit_eli5_vs_rw_v2_bigram_200k_train_0.2', 0.4041],
    ['rw_v2_cc_v3_f0.15_resiliparase_fasttext_wiki_vs_rw_v2_bigram_200k_train_0.1', 0.3571],
    ['rw_v2_cc_v3_f0.15_resiliparase_fasttext_openwebtext2_vs_rw_v2_bigram_200k_train_0.1', 0.3468],
    ['rw_v2_cc_v3_f0.15_resiliparase_fasttext_gpt3_hq_vs_rw_v2_bigram_200k_train_0.1', 0.375],
  ])('has the published 7B-1x Core of %s in version 1: %d', (dataset, core) => {
    expect(coreOf('v1', dataset, /7b/)).toContain(core);
  });

  it.each([
    ['rpj_rpjCC_as_CC', 0.2399],
    ['rpj_c4_as_CC', 0.2593],
    ['rpj_rw_as_CC', 0.2654],
  ])('has the published 1B-1x Core of %s in version 1: %d', (dataset, core) => {
    expect(coreOf('v1', dataset, /1b/)).toContain(core);
  });

  it('has Core in two versions that differ in every evaluation, and never without a version', () => {
    const core = facts('evaluation.score.recorded').filter(({ benchmark }) => benchmark === 'Core');
    expect(core).toHaveLength(2 * 156);
    const byEvaluation = groupBy(core, ({ evaluationId }) => evaluationId ?? '');
    for (const [first, second] of byEvaluation.values()) {
      expect(new Set([first?.metricVersion, second?.metricVersion])).toEqual(new Set(['v1', 'v2']));
      expect(first?.value).not.toBe(second?.value);
    }
  });

  it('has its best Core, 0.5477, from fasttext_f0.07_ccv3_f0.15_math_lhq_mix3 at 7B', () => {
    const [runs, scores] = [facts('training.run.started'), facts('evaluation.score.recorded')];
    const ours = new Map(runs.map((run) => [run.runId, run]));
    const best = scores
      .filter(
        ({ benchmark, metricVersion, runId }) =>
          benchmark === 'Core' && metricVersion === 'v2' && ours.has(runId),
      )
      .toSorted((left, right) => right.value - left.value)[0];
    expect(best?.value).toBeCloseTo(0.5477, 4);
    const run = ours.get(best?.runId ?? '');
    const dataset = facts('corpus.snapshot.registered').find(
      ({ snapshotId }) => snapshotId === run?.snapshotId,
    );
    expect(dataset?.name).toBe('fasttext_f0.07_ccv3_f0.15_math_lhq_mix3');
    expect(run?.model.name).toContain('7b');
  });

  it('has Core from 0.1821 to 0.2926 in the runs of 28.8B tokens', () => {
    const runs = facts('training.run.started').filter(({ tokenBudget }) => tokenBudget === 28_795_904_000);
    const ids = new Set(runs.map(({ runId }) => runId));
    const values = facts('evaluation.score.recorded')
      .filter(
        ({ benchmark, metricVersion, runId }) =>
          benchmark === 'Core' && metricVersion === 'v2' && ids.has(runId),
      )
      .map(({ value }) => value);
    expect(values).toHaveLength(74);
    expect(Math.min(...values)).toBeCloseTo(0.1821, 4);
    expect(Math.max(...values)).toBeCloseTo(0.2926, 4);
  });
});
