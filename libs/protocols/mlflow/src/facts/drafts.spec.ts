import { memoryLog } from '@tributary/event-log';
import { groupBy } from '@tributary/kernel';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MlflowFault } from '../errors.ts';
import { inputOf, pointOf } from '../requests/limits.ts';
import type { Point } from '../requests/limits.ts';
import { annotation, inputFact, isRetired, isTagged, metricFacts, paramFacts, tagFacts } from './drafts.ts';
import type { Owner } from './drafts.ts';
import { storedIn } from './facts.fixture.ts';
import { appendDrafts, newestSetting, settingFact } from './register.ts';
import type { DraftFact } from './register.ts';
import { logParams, removeTag, setLifecycle, setTags } from './tracker.ts';

const RUN: Owner = { kind: 'run', id: 'r' };
const OWNERS: Owner[] = (['project', 'run', 'model'] as const).map((kind) => ({ kind, id: 'x' }));

let log: ReturnType<typeof memoryLog>;
beforeEach(() => {
  log = memoryLog();
});

const dataOf = ({ event }: DraftFact) => JSON.parse(Buffer.from(event.bytes).toString('utf8')).data;
const idsOf = (drafts: readonly DraftFact[]) => drafts.map(({ event }) => event.id);
const point = (more: object = {}): Point =>
  pointOf({ key: 'loss', value: 1, timestamp: 2, step: 3, ...more });

describe('metrics', () => {
  it('become one event for each model and dataset that they were measured with', () => {
    const drafts = metricFacts('r', [
      point(),
      point({ model_id: 'm' }),
      point({ key: 'accuracy' }),
      point({ model_id: 'm', dataset_name: 'web', dataset_digest: 'd' }),
    ]);
    expect(drafts.map(dataOf)).toEqual([
      {
        runId: 'r',
        keys: ['loss', 'accuracy'],
        steps: [3, 3],
        times: [2000, 2000],
        values: [1, 1],
        method: 'reported',
      },
      expect.objectContaining({ modelId: 'm', keys: ['loss'] }),
      expect.objectContaining({ modelId: 'm', datasetName: 'web', datasetDigest: 'd' }),
    ]);
  });

  it('lose no point and add none, whatever the points are', () => {
    const anyPoint = fc
      .record({
        key: fc.constantFrom('a', 'b'),
        value: fc.constantFrom(1, 'NaN', 'Infinity'),
        model_id: fc.constantFrom('', 'm', 'n'),
        step: fc.nat({ max: 3 }),
      })
      .map(point);
    fc.assert(
      fc.property(fc.array(anyPoint), (points) => {
        const stored = metricFacts('r', points).map(dataOf);
        const keys = stored.flatMap((data) => data.keys.map((key: string) => `${data.modelId ?? ''} ${key}`));
        const sent = points.map(({ key, modelId }) => `${modelId ?? ''} ${key}`);
        expect(groupBy(keys, String)).toEqual(groupBy(sent, String));
        for (const { steps, times, values } of stored)
          expect([steps.length, times.length]).toEqual([values.length, values.length]);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('have the same id where they are sent again, and another one where anything differs', () => {
    const same = idsOf(metricFacts('r', [point()]));
    expect(idsOf(metricFacts('r', [point()]))).toEqual(same);
    for (const other of [{ key: 'x' }, { value: 2 }, { timestamp: 3 }, { step: 4 }, { model_id: 'm' }])
      expect(idsOf(metricFacts('r', [point(other)]))).not.toEqual(same);
    expect(idsOf(metricFacts('s', [point()]))).not.toEqual(same);
  });

  it('tell NaN from the infinities in their ids', () => {
    const ids = ['NaN', 'Infinity', '-Infinity'].flatMap((value) =>
      idsOf(metricFacts('r', [point({ value })])),
    );
    expect(new Set(ids).size).toBe(3);
  });
});

describe('tags', () => {
  it.each(OWNERS)('of a $kind are what a map would hold after any changes', async (owner) => {
    const change = fc.record({
      key: fc.constantFrom('a', 'b', '__proto__'),
      value: fc.option(fc.constantFrom('', 'x', 'y')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        log = memoryLog();
        const expected = new Map<string, string>();
        const [outcomes, due]: [string[], string[]] = [[], []];
        for (const { key, value } of changes) {
          if (value !== null) {
            await setTags(log, owner, [{ key, value }]);
            expected.set(key, value);
          } else {
            const removed = await removeTag(log, owner, key, new Map()).then(
              () => 'removed',
              (error: MlflowFault) => error.code,
            );
            outcomes.push(removed);
            due.push(expected.delete(key) ? 'removed' : 'RESOURCE_DOES_NOT_EXIST');
          }
        }
        expect(outcomes).toEqual(due);
        for (const [key, value] of expected) expect(await tagFacts(log, owner, [{ key, value }])).toEqual([]);
        for (const key of ['a', 'b', '__proto__'])
          expect(await isTagged(log, owner, key)).toBe(expected.has(key));
      }),
      { seed: 7, numRuns: 30 },
    );
  });

  it('of one owner are apart from those of another with the same id', async () => {
    await setTags(log, RUN, [{ key: 't', value: 'x' }]);
    expect(await tagFacts(log, { kind: 'model', id: 'r' }, [{ key: 't', value: 'x' }])).toHaveLength(1);
  });

  it('that are set in one request to their present values store nothing', async () => {
    const tags = [
      { key: 'a', value: 'x' },
      { key: 'b', value: 'y' },
    ];
    await setTags(log, RUN, tags);
    const changed = await tagFacts(log, RUN, [tags[0] ?? { key: '', value: '' }, { key: 'b', value: 'z' }]);
    expect(changed.map(dataOf)).toEqual([{ runId: 'r', tags: { b: 'z' } }]);
  });

  it('with the name of a run rename it, unless they are empty', async () => {
    const named = async (value: string) =>
      (await tagFacts(log, RUN, [{ key: 'mlflow.runName', value }])).map(dataOf);
    expect(await named('calm')).toEqual([{ runId: 'r', tags: { 'mlflow.runName': 'calm' }, name: 'calm' }]);
    expect(await named('')).toEqual([{ runId: 'r', tags: { 'mlflow.runName': '' } }]);
    const long = `${'x'.repeat(511)}😀`;
    expect((await named(long))[0]).toMatchObject({ name: `${'x'.repeat(511)}\ufffd` });
  });

  it('with the name of a run rename no model and no project', async () => {
    for (const kind of ['model', 'project'] as const) {
      const [draft] = await tagFacts(log, { kind, id: 'x' }, [{ key: 'mlflow.runName', value: 'n' }]);
      expect(draft && dataOf(draft)).not.toHaveProperty('name');
    }
  });
});

describe('a deletion', () => {
  it.each(OWNERS)('of a $kind is a register of its own that a restoration sets again', async (owner) => {
    expect(await isRetired(log, owner)).toBe(false);
    for (const retired of [true, false, true]) {
      await setLifecycle(log, owner, retired, !retired);
      expect(await isRetired(log, owner)).toBe(retired);
      await setLifecycle(log, owner, retired, retired);
    }
    expect((await newestSetting(log, [owner.kind, owner.id, 'lifecycle'])).count).toBe(3);
  });
});

describe('an annotation', () => {
  it.each([
    ['project', 'training.project.annotated', { projectId: 'x', tags: { a: 'b' } }],
    ['run', 'training.run.annotated', { runId: 'x', tags: { a: 'b' }, params: { p: '1' } }],
    ['model', 'training.model.annotated', { modelId: 'x', tags: { a: 'b' }, params: { p: '1' } }],
  ] as const)('of a %s has its type and the fields that it can have', (kind, type, data) => {
    expect(annotation({ kind, id: 'x' }, { tags: { a: 'b' }, params: { p: '1' } })).toEqual({ type, data });
  });
});

describe('an input', () => {
  const input = (more: object = {}, tags: object[] = []) =>
    inputOf({ dataset: { name: 'web', ...more }, tags });

  it('has its context from a tag, which stays a tag', () => {
    const tag = { key: 'mlflow.data.context', value: 'training' };
    expect(dataOf(inputFact('r', input({}, [tag])))).toEqual({
      runId: 'r',
      name: 'web',
      context: 'training',
      source: '',
      tags: { 'mlflow.data.context': 'training' },
    });
  });

  it('has a context of at most 256 characters, and half of a surrogate pair is replaced', () => {
    const tag = { key: 'mlflow.data.context', value: `${'x'.repeat(255)}😀` };
    expect(dataOf(inputFact('r', input({}, [tag]))).context).toBe(`${'x'.repeat(255)}\ufffd`);
  });

  it('is another one where any of its fields differs', () => {
    const ids = [
      {},
      { digest: 'd' },
      { source_type: 's3' },
      { source: 'x' },
      { schema: '{}' },
      { profile: '{}' },
    ].flatMap((more) => idsOf([inputFact('r', input(more))]));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it('records no secret of a parameter or a tag, and neither is set again by sending it again', async () => {
  const params = [
    { key: 'api_key', value: 'hunter2hunter2' },
    { key: 'pad_token', value: '<pad>' },
  ];
  const [secret, plain] = await paramFacts(log, RUN, params);
  expect(secret && dataOf(secret)).toEqual({ runId: 'r', params: { api_key: '[redacted:named_secret]' } });
  expect(plain && dataOf(plain)).toEqual({ runId: 'r', params: { pad_token: '<pad>' } });
  const tags = [{ key: 'command', value: 'train --password hunter2' }];
  const drafts = await tagFacts(log, RUN, tags);
  for (const draft of drafts) await log.append([draft.event], { atomic: true });
  expect(drafts.map((draft) => dataOf(draft))).toMatchObject([
    { tags: { command: 'train --password [redacted:named_secret]' } },
  ]);
  expect(await tagFacts(log, RUN, tags)).toEqual([]);
});

it('a parameter that was recorded with its secret is the same when it is logged again', async () => {
  const known = { runId: 'r', params: { api_key: 'hunter2hunter2' } };
  await appendDrafts(log, async () => [
    settingFact(['run', 'r', 'param', 'api_key'], 0, { type: 'training.run.annotated', data: known }),
  ]);
  const before = await storedIn(log);
  await logParams(log, RUN, [{ key: 'api_key', value: 'hunter2hunter2' }]);
  expect(await storedIn(log)).toEqual(before);
  const refused = logParams(log, RUN, [{ key: 'api_key', value: 'none' }]);
  await expect(refused).rejects.toThrow('[redacted:named_secret]');
  await expect(refused).rejects.not.toThrow('hunter2');
});
