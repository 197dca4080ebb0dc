import { checkFact } from '@tributary/contracts';
import { groupBy } from '@tributary/kernel';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../import.fixture.ts';
import { folderOf } from '../files/folder.ts';
import type { Folder } from '../files/folder.ts';
import { datadecide } from './datadecide.ts';
import { multiplierIn, namedModel } from './model-name.ts';

async function imported(folder: Folder) {
  const matches = await datadecide.detect(folder);
  return datadecide.read({ name: folder.name, files: matches.flatMap(({ files }) => files) }, {});
}

const run = (run_id: string) => ({
  run_id,
  run_name: `c4-60M-5xC-${run_id}`,
  url: `https://tracker.example/${run_id}`,
});
const MATCHED = {
  's3://b/checkpoints/c4-60M-5xC-14': { model_name: 'c4-60M-14', runs: [run('a'), run('b')] },
};

describe('a map of checkpoint locations', () => {
  it('has one run for each location, with restarts as attempts', async () => {
    const { events, warnings } = await imported(folderOf('x', { 'm.json': JSON.stringify(MATCHED) }));
    const shared = { runId: 'urn:datadecide:run:c4-60M-14', seeds: { init: 14, dataOrder: 14 } };
    expect(events.map(({ data }) => data)).toMatchObject([
      { ...shared, attempt: 1, uri: 'https://tracker.example/a', snapshotId: 'urn:datadecide:recipe:c4' },
      {
        ...shared,
        attempt: 2,
        model: { name: '60M', parameters: 60_000_000 },
        config: { chinchilla: '5xC' },
      },
    ]);
    expect(warnings).toMatchObject([{ code: 'run_restarted', count: 1 }]);
  });

  it('rejects a location without runs', async () => {
    const broken = { ...MATCHED, 's3://b/x': { model_name: 'x' } };
    const { events, rejected } = await imported(folderOf('x', { 'm.json': JSON.stringify(broken) }));
    expect(events).toHaveLength(2);
    expect(rejected).toMatchObject([{ pointer: '/s3:~1~1b~1x' }]);
  });

  it('is not recognised in other JSON', async () => {
    const others = {
      'a.json': '{"a":{"model_name":"x"}}',
      'b.jsonl': '{"name":"x"}',
      'c.json': '{',
      'd.json': '',
    };
    expect(await datadecide.detect(folderOf('x', others))).toEqual([]);
  });
});

describe('the name of a model', () => {
  it('ends with size and seed, and its recipe can contain hyphens', () => {
    expect(namedModel('DCLM-baseline-25p-1B-6198')).toMatchObject({
      recipe: 'DCLM-baseline-25p',
      size: '1B',
      seed: 6198,
    });
    expect(namedModel('final')).toBeUndefined();
    expect(multiplierIn('s3://b/c4-60M-5xC')).toBe('5xC');
  });
});

describe('final checkpoints', () => {
  it('belong to the run of their model at the step of their revision', async () => {
    const line = {
      model_name: 'c4-60M-14',
      checkpoints_location: 'weka://b/c4',
      revisions: ['step29042-unsharded-hf'],
    };
    const { events, rejected } = await imported(
      folderOf('x', { 'f.jsonl': `${JSON.stringify(line)}\n{"cut` }),
    );
    expect(events[0]?.data).toMatchObject({ runId: 'urn:datadecide:run:c4-60M-14', step: 29042 });
    expect(rejected).toMatchObject([{ source: 'f.jsonl:2' }]);
  });
});

describe.skipIf(!hasShared('datadecide'))('DataDecide (needs shared data datadecide)', () => {
  it('has 1,103 runs of 5,105 attempts, 825 of them restarted', async () => {
    const { events, rejected, warnings } = await imported(await shared('datadecide'));
    expect(rejected).toEqual([]);
    const started = events.flatMap(({ data }) => ('model' in data && 'runId' in data ? [data] : []));
    expect(started).toHaveLength(5105);
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1103);
    expect(warnings).toMatchObject([{ code: 'run_restarted', count: 825 }]);
    for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('has final checkpoints of 25 runs for each size and of 28 at 1B, all of them runs of the registry', async () => {
    const { events } = await imported(await shared('datadecide'));
    const runs = new Map(
      events.flatMap(({ data }) =>
        'model' in data && 'seeds' in data ? [[data.runId, data.model.name]] : [],
      ),
    );
    const saved = events.flatMap(({ data }) =>
      'checkpointId' in data && 'step' in data ? [String(data.runId)] : [],
    );
    const bySize = Object.fromEntries(
      [...groupBy(saved, (runId) => runs.get(runId) ?? '?')].map(([size, all]) => [size, all.length]),
    );
    expect(Object.keys(bySize)).toHaveLength(14);
    expect(bySize).toMatchObject({ '4M': 25, '60M': 25, '150M': 25, '750M': 25, '1B': 28 });
    expect(saved).toHaveLength(353);
  });

  it('registers 25 recipes', async () => {
    const { plan } = await imported(await shared('datadecide'));
    expect(plan.byType['corpus.snapshot.registered']).toBe(25);
  });
});
