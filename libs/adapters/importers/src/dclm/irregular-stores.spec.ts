import { checkFact } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { dclm } from './dclm.ts';

const MODEL = { uuid: 'm1', name: 'model', dataset_uuid: 'd1', hyperparameters: { tokens: 100 } };
const EVAL = { uuid: 'e1', model_uuid: 'm1', model: 'model', eval_metrics: { icl: { copa: 0.5 } } };

async function imported(files: Record<string, object | string>) {
  const texts = Object.entries(files).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  const [match] = await dclm.detect(folderOf('store', Object.fromEntries(texts)));
  const read = await dclm.read({ name: 'store', files: match?.files ?? [] }, {});
  for (const { type, data } of read.events) expect(checkFact(type, data)).toBeUndefined();
  return read;
}

it('rejects a truncated record in a store', async () => {
  const { events, rejected } = await imported({
    'a/m.json': MODEL,
    'b/e.json': JSON.stringify(EVAL).slice(0, -9),
  });
  expect(events.map(({ type }) => type)).toEqual(['training.run.started']);
  expect(rejected).toMatchObject([{ source: 'b/e.json', reason: expect.stringContaining('truncated') }]);
});

it('imports a copy of a record once, also where its members are in another order', async () => {
  const { uuid, ...others } = MODEL;
  const copied = await imported({ 'a.json': MODEL, 'b/a.json': MODEL, 'c/a.json': { ...others, uuid } });
  expect(copied.events).toHaveLength(1);
  expect(copied.warnings).toContainEqual(expect.objectContaining({ code: 'file_repeated', count: 2 }));
  expect(copied.rejected).toEqual([]);
});

it('refuses another record with a UUID that is taken, and replaces nothing', async () => {
  const { events, rejected } = await imported({ 'a.json': MODEL, 'b.json': { ...MODEL, name: 'another' } });
  expect(events).toEqual((await imported({ 'a.json': MODEL })).events);
  expect(rejected).toMatchObject([
    { source: 'b.json', pointer: '/uuid', reason: expect.stringContaining('conflict: a.json') },
  ]);
});

it('rejects a score of a benchmark without a name', async () => {
  const { events, rejected } = await imported({ 'e.json': { ...EVAL, eval_metrics: { icl: { '': 0.5 } } } });
  expect(events).toEqual([]);
  expect(rejected).toMatchObject([{ pointer: '/eval_metrics/icl/' }]);
});

it('limits the members, depth and points of facts', async () => {
  const members = Array.from({ length: 700 }, (_value, index) => [`k${index}`, index] as const);
  const results = Array.from({ length: 2500 }, (_value, index) => ({ loss: index, val_data: `v/${index}` }));
  const deep = `${'['.repeat(9000)}${']'.repeat(9000)}`;
  const text = JSON.stringify({ ...MODEL, ...Object.fromEntries(members), results, deep: 0 });
  const { events } = await imported({ 'm.json': text.replace('"deep":0', `"deep":${deep}`) });
  expect(events.map(({ type }) => type)).toEqual([
    'training.run.started',
    ...Array.from({ length: 3 }, () => 'training.metrics.recorded'),
  ]);
});
