import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import type { Imported } from '../importer.ts';
import { codesOf, dataOf, importedBy, kindsOf, readBy, sample } from '../import.fixture.ts';
import { mlflowStore } from './mlflow-store.ts';

const GPT = '29fd943e3ace4da0975e29f88d1a5d78';
const ANNEAL = '03b7c28cd6ae44fd989b3de2b62453c3';
const PROJECT = '766224817664276365';

async function theSample(): Promise<Imported | undefined> {
  const imported = await importedBy('mlflow-store', await sample('mlflow-store'));
  expect(imported).toHaveLength(1);
  return imported[0];
}

const EXPERIMENT =
  "artifact_location: s3://bucket/1\nexperiment_id: '1'\nlifecycle_stage: active\nname: first\n";
const RUN =
  "end_time: 1700000100000\nexperiment_id: '1'\nrun_id: aa\nrun_name: one\nstart_time: 1700000000000\nstatus: 3\n";

/** Imports a store with one run, in which the given files replace others. */
async function stored(files: Record<string, string>): Promise<Imported> {
  const all = { 'mlruns/1/meta.yaml': EXPERIMENT, 'mlruns/1/aa/meta.yaml': RUN, ...files };
  const [imported] = await importedBy('mlflow-store', folderOf('tiny', all));
  return imported ?? readBy(mlflowStore, all);
}

const metrics = (imported: Imported | undefined) => dataOf(imported, 'training.metrics.recorded');

describe('the sample that MLflow wrote', () => {
  it('is one source without rejections and unresolved references', async () => {
    const imported = await theSample();
    expect(imported?.plan.byType).toEqual({
      'training.project.registered': 2,
      'training.project.annotated': 1,
      'training.run.started': 3,
      'training.run.annotated': 13,
      'training.metrics.recorded': 5,
      'training.input.declared': 1,
      'training.checkpoint.saved': 1,
      'training.run.ended': 3,
    });
    expect(imported?.rejected).toEqual([]);
    expect(imported?.unresolved).toEqual([]);
  });

  it('keeps the ids, start times and end times of runs and experiments', async () => {
    const imported = await theSample();
    const started = imported?.events.filter(({ type }) => type === 'training.run.started');
    expect(started).toMatchObject([
      { data: { runId: '30c6c7ecf9844c36a2fa4d7e27d24f4e', projectId: '0', name: 'out-of-memory' } },
      { data: { runId: ANNEAL, projectId: PROJECT } },
      {
        time: '2026-11-24T18:18:30.243000Z',
        data: {
          runId: GPT,
          attempt: 1,
          projectId: PROJECT,
          name: 'tiny-gpt',
          config: { lr: '0.0003', 'model/layers': '2', note: '', seed: '42' },
          seeds: { init: 42 },
        },
      },
    ]);
    expect(dataOf(imported, 'training.project.registered')).toEqual([
      { projectId: '0', name: 'Default' },
      { projectId: PROJECT, name: 'tiny pretraining' },
    ]);
    expect(dataOf(imported, 'training.run.ended')).toMatchObject([
      { status: 'failed' },
      { runId: ANNEAL, status: 'completed' },
      { runId: GPT, status: 'completed' },
    ]);
  });

  it('records points with keys in folders, including NaN and infinities', async () => {
    const points = metrics(await theSample()).filter((data) => 'runId' in data && data.runId === GPT);
    expect(points).toMatchObject([
      { keys: ['eval/loss'], steps: [4], values: [3.25], datasetName: 'tiny-web', datasetDigest: '5f1e2d3c' },
      {
        keys: ['grad_norm', 'grad_norm', 'grad_norm', 'grad_norm'],
        values: [1.5, null, null, 1],
        nonfinite: [
          { index: 1, value: '+inf' },
          { index: 2, value: '-inf' },
        ],
      },
      {
        steps: [0, 1, 2, 3, 4],
        times: [0, 1, 2, 3, 4].map((second) => 1_760_000_000_000_000 + second * 1_000_000),
        values: [4, 3.5, null, 3, 2.75],
        nonfinite: [{ index: 2, value: 'nan' }],
        method: 'reported',
      },
    ]);
  });

  it('records the inputs, saved models and parent of a run', async () => {
    const imported = await theSample();
    expect(dataOf(imported, 'training.input.declared')).toEqual([
      {
        runId: GPT,
        name: 'tiny-web',
        digest: '5f1e2d3c',
        context: 'training',
        sourceType: 'code',
        source: '{"tags":{}}',
        profile: '{"num_rows": 1200}',
        tags: { 'mlflow.data.context': 'training' },
      },
    ]);
    expect(dataOf(imported, 'training.checkpoint.saved')).toEqual([
      { runId: GPT, attempt: 1, checkpointId: 'm-0123456789abcdef0123456789abcdef', step: 4 },
    ]);
    expect(dataOf(imported, 'training.run.annotated')).toContainEqual({
      runId: ANNEAL,
      tags: { 'mlflow.parentRunId': GPT },
    });
  });

  it('puts neither users nor local paths into facts', async () => {
    const imported = await theSample();
    const text = JSON.stringify(imported?.events);
    for (const personal of ['someone', 'make.py', '/tmp/']) expect(text).not.toContain(personal);
    expect(imported?.warnings).toContainEqual(
      expect.objectContaining({ code: 'personal_left_out', count: 10 }),
    );
  });

  it('yields equal events next to the other samples, none of which matches its files', async () => {
    const [nextToOthers] = await importedBy('mlflow-store', await sample(''));
    expect(nextToOthers?.events).toEqual((await theSample())?.events);
  });
});

describe('where a store starts', () => {
  it.each([
    ['the folder of an experiment', { 'meta.yaml': EXPERIMENT, 'aa/meta.yaml': RUN, 'aa/params/lr': '1' }],
    ['the folder of a run', { 'meta.yaml': RUN, 'params/lr': '1' }],
    ['runs whose experiment is not there', { 'some/aa/meta.yaml': RUN, 'some/aa/params/lr': '1' }],
  ])('reads %s', async (_name, files) => {
    const [imported] = await importedBy('mlflow-store', folderOf('tiny', files));
    expect(dataOf(imported, 'training.run.started')).toMatchObject([
      { runId: 'aa', projectId: '1', name: 'one', config: { lr: '1' } },
    ]);
  });

  it('makes each store in a folder a separate source', async () => {
    const store = (root: string, run: string) => ({
      [`${root}/1/meta.yaml`]: EXPERIMENT,
      [`${root}/1/${run}/meta.yaml`]: RUN.replace('run_id: aa', `run_id: ${run}`),
    });
    expect(await kindsOf({ ...store('a/mlruns', 'aa'), ...store('b', 'bb') })).toEqual([
      'mlflow-store',
      'mlflow-store',
    ]);
  });

  it('leaves artifacts to other kinds, and ignores deleted runs', async () => {
    const files = {
      '.trash/2/meta.yaml': EXPERIMENT.replace("'1'", "'2'"),
      '1/meta.yaml': EXPERIMENT,
      '1/aa/meta.yaml': RUN,
      '1/aa/artifacts/model/config.yaml': 'a: 1',
    };
    const [match] = await mlflowStore.detect(folderOf('mlruns', files));
    expect(match?.files.map(({ path }) => path)).toEqual(['1/meta.yaml', '1/aa/meta.yaml']);
    expect(match?.evidence).toEqual([expect.stringContaining('.trash is not read')]);
  });

  it('does not match any other meta.yaml', async () => {
    expect(
      await kindsOf({ 'a/meta.yaml': 'name: recipe\nversion: 1\n', 'a/metrics/loss': '1 2 3\n' }),
    ).toEqual([]);
    expect(await kindsOf({ 'a/meta.yaml': '' })).toEqual([]);
  });
});

describe('older layouts', () => {
  it('reads a run without a lifecycle stage, with ids as numbers, tags in its meta.yaml, and a line feed in a value', async () => {
    const imported = await stored({
      'mlruns/1/meta.yaml': 'artifact_location: gs://old/1\nexperiment_id: 1\nname: first\n',
      'mlruns/1/aa/meta.yaml':
        'experiment_id: 1\nname: old\nrun_uuid: aa\nsource_version: 0123abc\nstatus: 4\ntags:\n- key: team\n  value: data\n- key: mlflow.user\n  value: someone\n',
      'mlruns/1/aa/params/lr': '0.1\n',
    });
    expect(dataOf(imported, 'training.project.registered')).toEqual([
      { projectId: '1', name: 'first', artifacts: 'gs://old/1' },
    ]);
    expect(dataOf(imported, 'training.run.started')).toMatchObject([
      { runId: 'aa', projectId: '1', name: 'old', code: { revision: '0123abc' } },
    ]);
    expect(dataOf(imported, 'training.run.annotated')).toEqual([
      { runId: 'aa', tags: { team: 'data' } },
      { runId: 'aa', params: { lr: '0.1' } },
    ]);
    expect(dataOf(imported, 'training.run.ended')).toEqual([{ runId: 'aa', attempt: 1, status: 'failed' }]);
  });

  it('reads metrics with two columns and times in seconds, without a step', async () => {
    const imported = await stored({ 'mlruns/1/aa/metrics/loss': '1540000000 2.5\n1540000001 2.25\n' });
    expect(metrics(imported)).toMatchObject([
      { steps: [null, null], times: [1_540_000_000_000_000, 1_540_000_001_000_000], values: [2.5, 2.25] },
    ]);
    expect(codesOf(imported)).toContain('time_in_seconds');
  });

  it('keeps a numeric id as text', async () => {
    const imported = await stored({
      'mlruns/1/aa/meta.yaml': RUN.replace('run_id: aa', 'run_id: 12345678901234567890e12345678901'),
    });
    expect(dataOf(imported, 'training.run.started')).toMatchObject([
      { runId: '12345678901234567890e12345678901' },
    ]);
  });
});

describe('metric files', () => {
  it('rejects invalid lines one by one with the reason, and reads the others', async () => {
    const lines = [
      'x 1 1',
      '1700000000000 abc 1',
      '1700000000000 1 b',
      '1700000000000',
      '1 2 3 4',
      '1700000000000 1 7',
    ];
    const imported = await stored({ 'mlruns/1/aa/metrics/loss': `${lines.join('\r\n')}\r\n` });
    expect(metrics(imported)).toMatchObject([{ steps: [7], values: [1] }]);
    expect(imported.rejected.map(({ source }) => source)).toEqual(
      [1, 2, 3, 4, 5].map((line) => `mlruns/1/aa/metrics/loss:line:${line}`),
    );
    expect(imported.rejected.map(({ reason }) => reason)).toEqual([
      'the time: "x" is not a number',
      'the value: "abc" is not a number',
      'the step: "b" is not a number',
      expect.stringContaining('time value [step'),
      expect.stringContaining('time value [step'),
    ]);
  });

  it('rejects a truncated last line, and warns about one without a line break', async () => {
    const torn = await stored({ 'mlruns/1/aa/metrics/loss': '1700000000000 1 0\n1700000001000 0.2' });
    expect(metrics(torn)).toMatchObject([{ values: [1] }]);
    expect(torn.rejected).toMatchObject([{ source: 'mlruns/1/aa/metrics/loss:line:2' }]);
    const first = await stored({ 'mlruns/1/aa/metrics/loss': '1700000000000 1' });
    expect(first.rejected).toMatchObject([{ source: 'mlruns/1/aa/metrics/loss:line:1' }]);
    const open = await stored({ 'mlruns/1/aa/metrics/loss': '1700000000000 1 0\n1700000001000 0.2 1' });
    expect(metrics(open)).toMatchObject([{ values: [1, 0.2] }]);
    expect(codesOf(open)).toContain('last_line_open');
  });

  it('warns about a file without points, and imports a repeated point once', async () => {
    const imported = await stored({
      'mlruns/1/aa/metrics/empty': '',
      'mlruns/1/aa/metrics/loss': '1700000000000 1 0\n1700000000000 1 0\n1700000000000 2 0\n',
    });
    expect(metrics(imported)).toMatchObject([{ steps: [0, 0], values: [1, 2] }]);
    expect(codesOf(imported)).toEqual(expect.arrayContaining(['metric_empty', 'point_repeated']));
  });

  it('reads -inf, Infinity and negative steps, and leaves out an invalid time', async () => {
    const imported = await stored({ 'mlruns/1/aa/metrics/loss': '-5 -inf -1\n1700000000000 Infinity 2\n' });
    expect(metrics(imported)).toMatchObject([
      {
        steps: [-1, 2],
        times: [null, 1_700_000_000_000_000],
        values: [null, null],
        nonfinite: [
          { index: 0, value: '-inf' },
          { index: 1, value: '+inf' },
        ],
      },
    ]);
    expect(codesOf(imported)).toContain('time_left_out');
  });

  it('splits a long history into facts of at most 10,000 points with their lines', async () => {
    const lines = Array.from(
      { length: 20_001 },
      (_value, step) => `${1_700_000_000_000 + step} 1.5 ${step}\n`,
    );
    const { events } = await stored({ 'mlruns/1/aa/metrics/loss': lines.join('') });
    const parts = events.filter(({ type }) => type === 'training.metrics.recorded');
    expect(parts.map(({ importedpointer }) => importedpointer)).toEqual([
      'lines:1-10000',
      'lines:10001-20000',
      'lines:20001',
    ]);
  });

  it('distinguishes a dataset whose name has spaces', async () => {
    const imported = await stored({
      'mlruns/1/aa/metrics/loss': '1700000000000 1 0 tiny web d1\n1700000000000 2 0\n',
    });
    expect(metrics(imported)).toMatchObject([
      { values: [1], datasetName: 'tiny web', datasetDigest: 'd1' },
      { values: [2] },
    ]);
  });
});

describe('a broken store', () => {
  it('has a run named after its folder if the meta.yaml is empty or broken', async () => {
    for (const meta of ['', 'run_id: "aa', '- a list\n']) {
      const imported = await stored({
        'mlruns/1/bb/meta.yaml': meta,
        'mlruns/1/bb/metrics/loss': '1700000000000 1 0\n',
      });
      expect(imported.rejected).toMatchObject([{ source: 'mlruns/1/bb/meta.yaml' }]);
      expect(dataOf(imported, 'training.run.started')).toMatchObject([
        { runId: 'aa' },
        { runId: 'bb', projectId: '1' },
      ]);
      expect(metrics(imported)).toMatchObject([{ runId: 'bb' }]);
    }
  });

  it('has the runs of an experiment with a broken meta.yaml', async () => {
    const imported = await stored({ 'mlruns/1/meta.yaml': 'name: [' });
    expect(imported.rejected).toMatchObject([{ source: 'mlruns/1/meta.yaml' }]);
    expect(dataOf(imported, 'training.project.registered')).toEqual([]);
    expect(dataOf(imported, 'training.run.started')).toMatchObject([{ runId: 'aa', projectId: '1' }]);
  });

  it('has an invalid status rejected, and a warning for a run without an end', async () => {
    const odd = await stored({ 'mlruns/1/aa/meta.yaml': RUN.replace('status: 3', 'status: 9') });
    expect(odd.rejected).toMatchObject([{ source: 'mlruns/1/aa/meta.yaml', pointer: '/status' }]);
    const running = await stored({ 'mlruns/1/aa/meta.yaml': RUN.replace('status: 3', 'status: 1') });
    expect(codesOf(running)).toEqual(['end_not_recorded']);
    expect(dataOf(running, 'training.run.ended')).toEqual([]);
  });

  it('has an input unresolved if its dataset is not described', async () => {
    const imported = await stored({
      'mlruns/1/aa/inputs/x/meta.yaml': 'source_id: d\nsource_type: DATASET\ntags: {}\n',
    });
    expect(imported.unresolved).toMatchObject([{ source: 'mlruns/1/aa/inputs/x/meta.yaml' }]);
    expect(dataOf(imported, 'training.input.declared')).toEqual([]);
  });

  it('has a run once if it is in two experiments', async () => {
    const imported = await stored({
      'mlruns/2/meta.yaml': EXPERIMENT.replace("'1'", "'2'"),
      'mlruns/2/aa/meta.yaml': RUN,
    });
    expect(dataOf(imported, 'training.run.started')).toHaveLength(1);
    expect(imported.rejected).toMatchObject([{ source: 'mlruns/2/aa' }]);
  });

  it('has a run in the experiment of its folder if its meta.yaml names another one', async () => {
    const imported = await stored({ 'mlruns/1/aa/meta.yaml': RUN.replace("'1'", "'7'") });
    expect(dataOf(imported, 'training.run.started')).toMatchObject([{ projectId: '1' }]);
    expect(codesOf(imported)).toContain('experiment_differs');
  });
});

describe('sensitive values', () => {
  it('are redacted secrets and omitted email addresses, but not repository addresses', async () => {
    const imported = await stored({
      'mlruns/1/aa/tags/mlflow.note.content': 'ask jane.doe@example.org',
      'mlruns/1/aa/tags/mlflow.source.git.repoURL': 'git@example.org:team/code.git',
      'mlruns/1/aa/tags/mlflow.source.git.commit': '0123abc',
      'mlruns/1/aa/params/token': `AKIA${'ABCDEFGHIJKLMNOP'}`,
      'mlruns/1/aa/params/__proto__': 'odd',
    });
    const text = JSON.stringify(imported.events);
    expect(text).not.toContain('jane.doe');
    expect(text).not.toContain('ABCDEFGHIJKLMNOP');
    expect(dataOf(imported, 'training.run.started')).toMatchObject([
      { code: { revision: '0123abc', repository: 'git@example.org:team/code.git' }, redacted: true },
    ]);
    expect(codesOf(imported)).toEqual(expect.arrayContaining(['personal_left_out', 'secret_redacted']));
  });

  it('are unaffected by runs that were deleted in place, which are retired', async () => {
    const imported = await stored({
      'mlruns/1/aa/meta.yaml': `${RUN}lifecycle_stage: deleted\n`,
    });
    expect(dataOf(imported, 'training.run.annotated')).toEqual([{ runId: 'aa', retired: true }]);
  });

  it('are truncated if a fact cannot hold them, with a warning', async () => {
    const imported = await stored({ 'mlruns/1/aa/params/prompt': 'x'.repeat(6001) });
    expect(dataOf(imported, 'training.run.annotated')).toEqual([
      { runId: 'aa', params: { prompt: 'x'.repeat(6000) } },
    ]);
    expect(codesOf(imported)).toContain('value_truncated');
  });
});
