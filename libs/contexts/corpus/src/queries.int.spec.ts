import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { corpusProjection } from './projection.ts';
import {
  attributeValues,
  members,
  normaliserStatistics,
  pipelineSteps,
  shards,
  snapshots,
  snapshotSources,
  snapshotsOfShards,
} from './queries.ts';

const shard = (shardId: string, slice: string, more: object = {}) =>
  aFact('corpus.shard.registered', { shardId, uri: `u/${shardId}`, slice, split: 'train', ...more });
const snapshot = (snapshotId: string, ...sources: string[]) =>
  aFact('corpus.snapshot.registered', {
    snapshotId,
    sources: sources.map((ref) => ({ kind: 'snapshot', ref, multiplicity: 1 })),
  });
const listed = (snapshotId: string, firstIndex: number, ...entries: [string, number][]) =>
  aFact('corpus.members.listed', {
    snapshotId,
    firstIndex,
    members: entries.map(([shardId, repeats]) => ({ shardId, repeats })),
  });
const measured = (value: number) =>
  aFact('corpus.attribute.measured', {
    attribute: 'quality',
    subjectKind: 'shard',
    instrument: { name: 'tagger' },
    method: 'sampled',
    values: [
      { ref: 'b', value },
      { ref: 'a', bucket: 'x', value: 1 },
    ],
  });
const frozen = (mean: number) =>
  aFact('corpus.normaliser.frozen', {
    normaliserId: 'n',
    attribute: 'quality',
    corpus: 'v1',
    statistics: { length: { sd: 2, mean } },
  });
const step = (stepId: string, index: number | undefined, documents: number) =>
  aFact('corpus.step.completed', {
    pipelineId: 'p',
    stepId,
    ...(index === undefined ? {} : { index }),
    name: stepId,
    kind: 'filter',
    documentsOut: { value: documents, method: 'measured' },
    dropped: [{ reason: 'short', documents: { value: 2, method: 'measured' } }],
  });

const FACTS = [
  shard('a', 'code', { tokens: { value: 7, method: 'inferred' } }),
  shard('b', 'math/plain'),
  shard('b', 'math/structured', { bytes: { value: 0, method: 'measured' } }),
  aFact('corpus.shard.retracted', { shardId: 'b', reason: 'licence', actor: 'ada' }),
  snapshot('v1', 'private'),
  listed('v1', 0, ['a', 1], ['b', 4]),
  snapshot('v2', 'v1'),
  snapshot('v3', 'v2', 'v3'),
  listed('v1', 1, ['c', 1]),
  step('later', 1, 3),
  step('first', 0, 5),
  step('loose', undefined, 1),
  step('later', 1, 4),
  measured(0.1),
  measured(0.2),
  frozen(1),
  frozen(9),
];
const END = FACTS.length;

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, corpusProjection, FACTS);
});
afterAll(() => runtime.remove());

const shardsOf = (more: { slice?: string; after?: string; first?: number; as_of?: number[] }) =>
  runtime.engine.reader.all(shards, {
    shard_id: null,
    slice: null,
    after: '',
    first: 10,
    as_of: [END],
    ...more,
  });

it('gives shards as last registered, absent counts as null, and the current retraction', async () => {
  expect(await shardsOf({})).toMatchObject([
    {
      shard_id: 'a',
      tokens: 7,
      tokens_method: 'inferred',
      bytes: null,
      retracted_because: '',
      evidence: [1],
    },
    {
      shard_id: 'b',
      slice: 'math/structured',
      bytes: 0,
      tokens: null,
      retracted_by: 'ada',
      evidence: [3, 4],
    },
  ]);
});

it('has no retraction before it was recorded, and pages through a domain with its buckets', async () => {
  expect(await shardsOf({ slice: 'math', as_of: [2] })).toMatchObject([
    { shard_id: 'b', slice: 'math/plain', retracted_because: '', evidence: [2] },
  ]);
  expect(await shardsOf({ slice: 'mat' })).toEqual([]);
  expect(await shardsOf({ first: 1 })).toMatchObject([{ shard_id: 'a' }]);
  expect(await shardsOf({ after: 'a' })).toMatchObject([{ shard_id: 'b' }]);
});

it('counts distinct members of a snapshot, and their listings', async () => {
  const asked = { snapshot_id: null, after: '', first: 10 };
  expect(await runtime.engine.reader.all(snapshots, { ...asked, as_of: [8] })).toMatchObject([
    { snapshot_id: 'v1', member_count: 2, listed_count: 5, tokens: null, redacted: false },
    { snapshot_id: 'v2', member_count: 0, listed_count: 0 },
    { snapshot_id: 'v3' },
  ]);
  expect(await runtime.engine.reader.all(snapshots, { ...asked, first: 1, as_of: [END] })).toMatchObject([
    { snapshot_id: 'v1', member_count: 2, listed_count: 2 },
  ]);
});

it('gives sources and members in their order', async () => {
  const { reader } = runtime.engine;
  expect(await reader.all(snapshotSources, { snapshot_id: 'v3', as_of: [END] })).toMatchObject([
    { kind: 'snapshot', ref: 'v2', multiplicity: 1 },
    { kind: 'snapshot', ref: 'v3' },
  ]);
  const membersAsOf = (as_of: number, after = 0) =>
    reader.all(members, { snapshot_id: 'v1', after, first: 10, as_of: [as_of] });
  expect((await membersAsOf(8)).map(({ shard_id }) => shard_id)).toEqual(['a', 'b']);
  expect((await membersAsOf(END)).map(({ shard_id }) => shard_id)).toEqual(['a', 'c']);
  expect((await membersAsOf(8, 1)).map(({ list_index, repeats }) => [list_index, repeats])).toEqual([[1, 4]]);
});

it('finds the snapshots that contain a shard through their sources, also with a cycle', async () => {
  const holders = (shard_id: string, as_of: number) =>
    runtime.engine.reader.all(snapshotsOfShards, { shard_ids: [shard_id], as_of: [as_of] });
  expect(await holders('b', 8)).toMatchObject([
    { snapshot_id: 'v1', hops: 0, repeats: 4, evidence: [6] },
    { snapshot_id: 'v2', hops: 1, repeats: 0 },
    { snapshot_id: 'v3', hops: 2 },
  ]);
  expect(await holders('b', END)).toEqual([]);
  expect(await holders('c', 7)).toEqual([]);
});

it('gives the steps of a pipeline in order with the documents that each dropped', async () => {
  const steps = await runtime.engine.reader.all(pipelineSteps, { pipeline_id: 'p', as_of: [END] });
  expect(steps.map(({ step_id, step_index, documents_out }) => [step_id, step_index, documents_out])).toEqual(
    [
      ['first', 0, 5],
      ['later', 1, 4],
      ['loose', null, 1],
    ],
  );
  expect(steps[0]).toMatchObject({
    documents_in: null,
    dropped: [{ reason: 'short', documents: 2, method: 'measured' }],
  });
});

it('gives the newest value of each subject and bucket', async () => {
  const asked = { attribute: 'quality', subject_kind: 'shard', ref: null, after: '', first: 10 };
  const values = await runtime.engine.reader.all(attributeValues, { ...asked, as_of: [END] });
  expect(values.map(({ ref, bucket, value }) => [ref, bucket, value])).toEqual([
    ['a', 'x', 1],
    ['b', '', 0.2],
  ]);
  const rest = { ...asked, after: values[0]?.page_key ?? '', as_of: [14] };
  expect(await runtime.engine.reader.all(attributeValues, rest)).toMatchObject([{ ref: 'b', value: 0.1 }]);
});

it('keeps the statistics that a normaliser was frozen with', async () => {
  const asOf = (as_of: number) =>
    runtime.engine.reader.all(normaliserStatistics, { normaliser_id: 'n', as_of: [as_of] });
  expect(await asOf(END)).toMatchObject([
    { feature: 'length', statistic: 'mean', value: 1, items: null },
    { feature: 'length', statistic: 'sd', value: 2 },
  ]);
  expect(await asOf(15)).toEqual([]);
});

it('excludes corrected events from their correction on', async () => {
  const correction = {
    corrected_position: 4,
    type: 'corpus.shard.retracted',
    stream: '',
    reason: '',
    actor: '',
  };
  const row = { ...correction, _position: END + 1, recorded_at: END + 1 };
  await runtime.engine.insert({ table: 'tributary.log_correction', token: 'correction', rows: [row] });
  const retracted = async (as_of: number) =>
    (await shardsOf({ as_of: [as_of] })).map(({ retracted_by }) => retracted_by);
  expect(await retracted(END)).toEqual(['', 'ada']);
  expect(await retracted(END + 1)).toEqual(['', '']);
});
