import { describe, expect, it } from 'vitest';
import type { Scalar } from '../decoding/attributes.ts';
import { isTrainer, runOfResource, startedFact } from './run.ts';

const resource = (attributes: Record<string, Scalar>) => new Map(Object.entries(attributes));
const RUN = { runId: 'r', attempt: 1 };
const started = (attributes: Record<string, Scalar>) => startedFact(RUN, resource(attributes)).data;

describe('the run of a resource', () => {
  it('is named by the first of four attributes that it has', () => {
    const keys = ['nemo.run.id', 'tributary.run.id', 'slurm.job.id', 'service.instance.id'];
    for (const [index] of keys.entries()) {
      const attributes = Object.fromEntries(keys.slice(index).map((key) => [key, key]));
      expect(runOfResource(resource(attributes))).toEqual({ runId: keys[index], attempt: 1 });
    }
  });

  it('is not named by an empty attribute', () => {
    expect(runOfResource(resource({ 'nemo.run.id': '', 'slurm.job.id': 42 }))?.runId).toBe('42');
    expect(runOfResource(resource({ 'nemo.run.id': '' }))).toBeUndefined();
    expect(runOfResource(resource({ 'service.name': 'trainer' }))).toBeUndefined();
  });

  it.each([
    [256, true],
    [257, false],
  ])('with an id of %i characters is a run: %j', (length, isRun) => {
    expect(runOfResource(resource({ 'nemo.run.id': 'x'.repeat(length) })) !== undefined).toBe(isRun);
  });

  it.each([
    ['slurm.restart_count', 0, 1],
    ['slurm.restart_count', '2', 3],
    ['slurm.job.restart_count', 1, 2],
    ['tributary.run.restarts', 4, 5],
    ['tributary.run.restarts', 1.9, 2],
    ['tributary.run.restarts', -1, 1],
    ['tributary.run.restarts', 'many', 1],
    ['tributary.run.restarts', 999_998, 999_999],
    ['tributary.run.restarts', 999_999, 999_999],
    ['tributary.run.restarts', Infinity, 999_999],
  ])('restarted as %s says with %j is in attempt %i', (key, restarts, attempt) => {
    expect(runOfResource(resource({ 'nemo.run.id': 'r', [key]: restarts }))?.attempt).toBe(attempt);
  });

  it('takes the count of restarts from Slurm before its own', () => {
    const attributes = { 'nemo.run.id': 'r', 'tributary.run.restarts': 7, 'slurm.restart_count': 1 };
    expect(runOfResource(resource(attributes))?.attempt).toBe(2);
  });
});

it.each([
  ['megatron.world_size', true],
  ['nemo.version', true],
  ['dl.framework', true],
  ['tributary.run.restarts', true],
  ['tributary.runs', false],
  ['service.name', false],
  ['megatronx.size', false],
  ['my.megatron.size', false],
])('with the attribute %s a resource is a trainer: %j', (key, expected) => {
  expect(isTrainer(resource({ [key]: 1 }))).toBe(expected);
});

describe('the start of a run', () => {
  it.each([
    [{ 'megatron.model_type': 'gpt', 'service.name': 'trainer' }, 'gpt'],
    [{ 'service.name': 'trainer' }, 'trainer'],
    [{}, 'unknown'],
  ])('of the resource %j has the model %s', (attributes, name) => {
    expect(started({ ...attributes })).toMatchObject({ ...RUN, model: { name } });
  });

  it('has the architecture where layers and hidden size are known', () => {
    const both = { 'megatron.num_layers': 12, 'megatron.hidden_size': 768 };
    expect(started(both)).toMatchObject({ model: { architecture: '12 layers of 768' } });
    expect(started({ 'megatron.num_layers': 12 })).toMatchObject({ model: { name: 'unknown' } });
    expect(started({ 'megatron.num_layers': 12 })).not.toHaveProperty('model.architecture');
  });

  it('truncates the name of the model, also within a surrogate pair', () => {
    expect(started({ 'service.name': 'x'.repeat(300) })).toMatchObject({ model: { name: 'x'.repeat(256) } });
    expect(started({ 'service.name': `${'x'.repeat(255)}😀` })).toMatchObject({
      model: { name: `${'x'.repeat(255)}\ufffd` },
    });
  });

  it('has the attributes as its configuration, without numbers that JSON does not have', () => {
    expect(started({ a: 'x', b: true, c: 1.5, d: Number.NaN, e: -Infinity })).toMatchObject({
      config: { a: 'x', b: true, c: 1.5 },
    });
    expect(started({ d: Number.NaN })).toMatchObject({ config: {} });
  });

  it.each([
    [400, 400],
    [401, 400],
  ])('of %i attributes has %i in its configuration', (count, kept) => {
    const attributes = Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, index]));
    const { config } = Object(started(attributes));
    expect(Object.keys(config)).toHaveLength(kept);
  });
});

it('keeps no secret of its resource', () => {
  expect(
    started({
      'wandb.api_key': 'hunter2hunter2',
      'process.command': 'train --hub_token abcd1234 --lr 3',
      x: 1,
    }),
  ).toMatchObject({
    config: {
      'wandb.api_key': '[redacted:named_secret]',
      'process.command': 'train --hub_token [redacted:named_secret] --lr 3',
      x: 1,
    },
  });
});
