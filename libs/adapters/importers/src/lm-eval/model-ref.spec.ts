import { expect, it } from 'vitest';
import { modelArgs, modelRefOf } from './model-ref.ts';

it.each([
  ['pretrained=a/b,revision=step3', { pretrained: 'a/b', revision: 'step3' }],
  ['pretrained=a,url=http://h/?x=1&y=2', { pretrained: 'a', url: 'http://h/?x=1&y=2' }],
  ['pretrained=a,gpus=0,1,2,dtype=float16', { pretrained: 'a', gpus: '0,1,2', dtype: 'float16' }],
  ['', {}],
  ['=x,,', {}],
])('reads the model arguments of %j', (text, expected) => {
  expect(Object.fromEntries(modelArgs(text))).toEqual(expected);
});

it.each([
  ['pretrained=m,revision=step0', { runId: 'm', checkpointId: 'm@step0', step: 0 }],
  [
    'pretrained=m,revision=stage1-step140000-tokens294B',
    { checkpointId: 'm@stage1-step140000-tokens294B', step: 140_000 },
  ],
  ['pretrained=m,revision=main', { runId: 'm' }],
  [
    'pretrained=out/run1/checkpoint-500',
    { runId: 'out/run1', checkpointId: 'out/run1/checkpoint-500', step: 500 },
  ],
  ['pretrained=base,peft=out/lora', { runId: 'base+out/lora' }],
  ['pretrained=m,dtype=torch.float16', { runId: 'm', precision: 'float16' }],
])('takes run and checkpoint from %j', (text, expected) => {
  expect(modelRefOf(text, undefined)).toMatchObject(expected);
});

it('reads a revision without a step as a checkpoint without a step', () => {
  expect(modelRefOf('pretrained=m,revision=v1.0', undefined)).not.toHaveProperty('step');
});

it('falls back to the name of the model, and is undefined without any name', () => {
  expect(modelRefOf({}, 'dummy')).toMatchObject({ runId: 'dummy', text: 'dummy' });
  expect(modelRefOf({ device: 'cpu' }, undefined)).toBeUndefined();
});
