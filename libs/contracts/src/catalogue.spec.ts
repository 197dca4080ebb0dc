import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkEnvelope, checkFact, factTypes, schemaOf, streamOf } from './index.ts';

const examples = join(import.meta.dirname, '../../../schemas/examples');

const examplesOf = (type: string) => {
  const [context = '', entity = '', verb = ''] = type.split('.');
  const folder = join(examples, context, `${entity}.${verb}.v1`);
  return readdirSync(folder).map((name) => ({
    name,
    data: JSON.parse(readFileSync(join(folder, name), 'utf8')),
  }));
};

describe.each([...factTypes])('%s', (type) => {
  it('has at least one valid and one invalid example', () => {
    const names = examplesOf(type).map(({ name }) => name.slice(0, 3));
    expect(new Set(names)).toEqual(new Set(['bad', 'ok-']));
  });

  const named = (prefix: string) => examplesOf(type).filter(({ name }) => name.startsWith(prefix));

  it.each(named('ok-'))('accepts $name', ({ data }) => {
    expect(checkFact(type, data)).toBeUndefined();
  });

  it.each(named('bad-'))('refuses $name and says where and why', ({ data }) => {
    const violation = checkFact(type, data);
    expect(violation).toMatchObject({ pointer: expect.stringMatching(/^\/data/), rule: expect.any(String) });
  });

  it('names its schema and its stream', () => {
    const [{ data } = { data: {} }] = examplesOf(type).filter(({ name }) => name.startsWith('ok-'));
    expect(schemaOf(type)).toBe(`urn:tributary:schema:${type}:1.0`);
    expect(streamOf(type, data)).toMatch(/^[a-z]+\/[^{}]+$/);
  });
});

const envelope = { specversion: '1.0', id: '1', source: 'urn:test', type: 't', data: {} };

it('points at the property that is missing', () => {
  expect(checkFact('training.run.ended', { runId: 'r', attempt: 1, lastStep: 1 })).toEqual({
    pointer: '/data/status',
    rule: 'required',
    message: "must have required property 'status'",
  });
});

it.each([
  [{ ...envelope, specversion: '0.3' }, '/specversion'],
  [{ ...envelope, time: '2026-11-24T23:59:60Z' }, '/time'],
  [{ ...envelope, time: 'yesterday' }, '/time'],
  [{ ...envelope, recordtime: 'x' }, '/recordtime'],
  [{ ...envelope, data: 'text' }, '/data'],
  [{ ...envelope, nested: {} }, '/nested'],
])('refuses an envelope that breaks CloudEvents or claims what only the log may say', (event, pointer) => {
  expect(checkEnvelope(event)).toMatchObject({ ok: false, violation: { pointer } });
});

it('accepts extension attributes', () => {
  expect(checkEnvelope({ ...envelope, traceparent: '00-ab', correlationid: 'c' })).toMatchObject({
    ok: true,
  });
});

const steps = { runId: 'r', attempt: 1, steps: [1, 2], columns: { loss: [1, 2] } };

it.each([
  ['training.steps.recorded', { ...steps, steps: [2, 2] }, '/data/steps/1'],
  ['training.steps.recorded', { ...steps, columns: { loss: [1] } }, '/data/columns/loss'],
  [
    'training.exposure.recorded',
    {
      runId: 'r',
      attempt: 1,
      firstStep: 2,
      lastStep: 1,
      unit: 'token',
      method: 'measured',
      amounts: [{ slice: 'a', amount: 1 }],
    },
    '/data/lastStep',
  ],
] as const)('refuses a %s whose fields contradict each other', (type, data, pointer) => {
  expect(checkFact(type, data)?.pointer).toBe(pointer);
});
