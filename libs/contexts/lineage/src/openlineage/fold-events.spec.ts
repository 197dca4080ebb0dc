import { describe, expect, it } from 'vitest';
import { arrows, dataset, facet, observed, RUN, runEvent } from './events.fixture.ts';
import { foldEdges, foldEvents } from './fold-events.ts';

const opened = (events: readonly object[]) =>
  events.map((event, index) => observed(runEvent(event), `event-${index}`));

const fold = (...events: object[]) => foldEvents(opened(events));

const edgesOf = (...events: object[]) => foldEdges(opened(events));

const at = (second: number) => ({ eventTime: `2026-11-24T10:00:0${second}Z` });

describe('a run', () => {
  it('does not depend on whether its start or its end arrives first', () => {
    const start = { ...at(1), eventType: 'START', inputs: [dataset('in')] };
    const end = { ...at(2), eventType: 'COMPLETE', outputs: [dataset('out')] };
    const events = [start, end].map((event, index) => observed(runEvent(event), `event-${index}`));
    expect(foldEvents(events.toReversed())).toEqual(foldEvents(events));
    expect(foldEvents(events)).toMatchObject({
      state: 'COMPLETE',
      startedAt: '2026-11-24T10:00:01.000000Z',
      endedAt: '2026-11-24T10:00:02.000000Z',
      inputs: [{ name: 'in' }],
      outputs: [{ name: 'out' }],
    });
  });

  it('of a stream is folded without a COMPLETE event', () => {
    const jobType = facet({
      processingType: 'STREAMING',
      integration: 'FLINK',
      emissionPattern: { eventTrigger: 'PERIODIC', eventContentMode: 'COMPLETE_SNAPSHOT' },
    });
    const job = { namespace: 'ns', name: 'job', facets: { jobType } };
    const windows = [1, 2, 3].map((second) => ({
      ...at(second),
      eventType: 'RUNNING',
      job,
      inputs: [dataset(`window-${second}`)],
    }));
    expect(fold({ ...at(0), eventType: 'START' }, ...windows)).toMatchObject({
      state: 'RUNNING',
      endedAt: undefined,
      processingType: 'STREAMING',
      inputs: [{ name: 'window-1' }, { name: 'window-2' }, { name: 'window-3' }],
    });
  });

  it('stays ended after later events', () => {
    const later = [
      { ...at(1), eventType: 'FAIL' },
      { ...at(2), eventType: 'OTHER' },
      { ...at(3), eventType: 'RUNNING' },
    ];
    expect(fold(...later)).toMatchObject({ state: 'FAIL', endedAt: '2026-11-24T10:00:01.000000Z' });
  });

  it('has its parent, root and nominal time', () => {
    const parent = facet({
      run: { runId: 'f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11' },
      job: { namespace: 'airflow', name: 'dag.task' },
      root: {
        run: { runId: 'a0000000-3c3c-1a1a-2b2b-c1b95c24ff11' },
        job: { namespace: 'airflow', name: 'dag' },
      },
    });
    const nominalTime = facet({ nominalStartTime: '2026-11-24T00:00:00Z' });
    const run = { runId: RUN.slice(4), facets: { parent, nominalTime } };
    const folded = fold({ run });
    expect(folded).toMatchObject({
      parentRunId: 'f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11',
      rootRunId: 'a0000000-3c3c-1a1a-2b2b-c1b95c24ff11',
      nominalStart: '2026-11-24T00:00:00Z',
      nominalEnd: undefined,
    });
    expect(arrows(edgesOf({ run }))).toEqual([
      'job:airflow/dag > run:a0000000-3c3c-1a1a-2b2b-c1b95c24ff11',
      'job:airflow/dag.task > run:f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11',
      `job:ns/job > ${RUN}`,
      `run:a0000000-3c3c-1a1a-2b2b-c1b95c24ff11 > ${RUN}`,
      `run:f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11 > ${RUN}`,
    ]);
  });
});

describe('facets', () => {
  it('are replaced whole by name, and stay where a later event lacks them', () => {
    const sql = (members: object) => ({ namespace: 'ns', name: 'job', facets: { sql: facet(members) } });
    const folded = fold(
      { ...at(1), job: sql({ query: 'SELECT 1', dialect: 'spark' }) },
      { ...at(2), job: sql({ query: 'SELECT 2' }) },
      { ...at(3) },
    );
    expect(folded?.job?.facets).toEqual({ sql: facet({ query: 'SELECT 2' }) });
  });

  it('that are deleted are absent until they are emitted again', () => {
    const owned = (second: number, members: object) => ({
      ...at(second),
      outputs: [dataset('out', { facets: { ownership: facet(members) } })],
    });
    const deleted = [owned(1, { owners: [{ name: 'a' }] }), owned(2, { _deleted: true })];
    expect(fold(...deleted)?.outputs[0]?.facets).toEqual({});
    expect(fold(...deleted, owned(3, { owners: [] }))?.outputs[0]?.facets).toEqual({
      ownership: facet({ owners: [] }),
    });
  });

  it('that are unknown are kept unchanged', () => {
    const llm = facet({ weights: { web: 0.7, code: 0.3 }, note: null });
    const inputs = [dataset('in', { inputFacets: { llm_mixture: llm }, facets: { x: llm } })];
    expect(fold({ inputs })?.inputs[0]).toMatchObject({ facets: { x: llm }, ioFacets: { llm_mixture: llm } });
  });

  it('of one dataset with two names are folded together', () => {
    const symlinks = facet({ identifiers: [{ namespace: 'hive', name: 'db.table', type: 'TABLE' }] });
    const schema = facet({ fields: [{ name: 'a', type: 'INT' }] });
    const folded = fold(
      { ...at(1), inputs: [{ namespace: 'hive', name: 'db.table', facets: { schema } }] },
      { ...at(2), inputs: [dataset('warehouse/table', { facets: { symlinks } })] },
    );
    expect(folded?.inputs).toHaveLength(1);
    expect(folded?.inputs[0]).toMatchObject({
      id: 'dataset:hive/db.table',
      aliases: ['dataset:s3://lake/warehouse/table'],
      facets: { schema, symlinks },
    });
  });
});

describe('the sources of a dataset', () => {
  const inputs = [dataset('a'), dataset('b')];
  const columns = (name: string, source = 'a') =>
    dataset(name, {
      facets: {
        columnLineage: facet({ fields: { x: { inputFields: [{ ...dataset(source), field: 'y' }] } } }),
      },
    });
  const explicit = (...entries: object[]) => ({
    namespace: 'ns',
    name: 'job',
    facets: { lineage: facet({ entries }) },
  });
  const entry = (name: string, ...sources: object[]) => ({
    ...dataset(name),
    type: 'DATASET',
    inputs: sources,
  });
  const source = (name: string) => ({ ...dataset(name), type: 'DATASET' });

  const into = (target: string, ...events: object[]) =>
    arrows(edgesOf(...events).filter((edge) => edge.target === `dataset:s3://lake/${target}`));

  it('are all inputs of its run without other lineage', () => {
    const edges = edgesOf({ inputs, outputs: [dataset('out')] });
    expect(arrows(edges)).toEqual([
      `dataset:s3://lake/a > ${RUN}`,
      `dataset:s3://lake/b > ${RUN}`,
      `job:ns/job > ${RUN}`,
      `${RUN} > dataset:s3://lake/out`,
    ]);
  });

  it('are those of its column lineage where there is one', () => {
    expect(into('out', { inputs, outputs: [columns('out')] })).toEqual([
      'dataset:s3://lake/a.y > dataset:s3://lake/out.x',
    ]);
  });

  it('are those of explicit lineage, which precedes column lineage', () => {
    const job = explicit(entry('out', source('b')));
    expect(into('out', { job, inputs, outputs: [columns('out')] })).toEqual([
      'dataset:s3://lake/b > dataset:s3://lake/out',
    ]);
  });

  it('are decided for each output separately', () => {
    const job = explicit(entry('one', source('b')));
    const event = { job, inputs, outputs: [dataset('one'), columns('two'), dataset('three')] };
    expect(into('one', event)).toEqual(['dataset:s3://lake/b > dataset:s3://lake/one']);
    expect(into('two', event)).toEqual(['dataset:s3://lake/a.y > dataset:s3://lake/two.x']);
    expect(into('three', event)).toEqual([`${RUN} > dataset:s3://lake/three`]);
  });

  it('are none where explicit lineage is empty', () => {
    expect(into('out', { job: explicit(entry('out')), inputs, outputs: [dataset('out')] })).toEqual([]);
  });

  it('follow the newest emission of a facet, in any order of arrival', () => {
    const earlier = { ...at(1), job: explicit(entry('out', source('a'))), inputs, outputs: [dataset('out')] };
    const later = { ...at(2), job: explicit(entry('out', source('b'))) };
    expect(into('out', earlier, later)).toEqual(['dataset:s3://lake/b > dataset:s3://lake/out']);
    expect(into('out', later, earlier)).toEqual(['dataset:s3://lake/b > dataset:s3://lake/out']);
  });

  it('fall back to the inputs of the run when the facet is deleted', () => {
    const deleted = { namespace: 'ns', name: 'job', facets: { lineage: facet({ _deleted: true }) } };
    const events = [
      { ...at(1), job: explicit(entry('out', source('a'))), inputs, outputs: [dataset('out')] },
      { ...at(2), job: deleted },
    ];
    expect(into('out', ...events)).toEqual([`${RUN} > dataset:s3://lake/out`]);
  });
});
