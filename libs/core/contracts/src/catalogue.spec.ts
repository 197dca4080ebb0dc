import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkEnvelope,
  checkFact,
  factTypes,
  isReadable,
  majorIn,
  majorOf,
  readableMajors,
  schemaOf,
  streamOf,
} from './index.ts';

const examples = join(import.meta.dirname, '../../../../schemas/examples');

const versions = factTypes.flatMap((type) => readableMajors(type).map((major) => ({ type, major })));

const examplesOf = (type: string, major: number) => {
  const [context = '', entity = '', verb = ''] = type.split('.');
  const folder = join(examples, context, `${entity}.${verb}.v${major}`);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => ({
    name,
    data: JSON.parse(readFileSync(join(folder, name), 'utf8')),
  }));
};

describe.each(versions)('$type of version $major', ({ type, major }) => {
  const all = examplesOf(type, major);
  const named = (prefix: string) => all.filter(({ name }) => name.startsWith(prefix));

  it('has at least one valid and one invalid example', () => {
    expect(new Set(all.map(({ name }) => name.slice(0, 3)))).toEqual(new Set(['bad', 'ok-']));
  });

  it.each(named('ok-'))('accepts $name', ({ data }) => {
    expect(checkFact(type, data, major)).toBeUndefined();
  });

  it.each(named('bad-'))('refuses $name and says where and why', ({ data }) => {
    const violation = checkFact(type, data, major);
    expect(violation).toMatchObject({ pointer: expect.stringMatching(/^\/data/), rule: expect.any(String) });
  });

  it('has a stream', () => {
    expect(streamOf(type, named('ok-')[0]?.data)).toMatch(/^[a-z]+\/[^{}]+$/);
  });
});

it.each(factTypes)('names the newest schema of %s', (type) => {
  expect(majorIn(type, schemaOf(type))).toBe(majorOf(type));
});

it.each([
  ['urn:tributary:schema:corpus.shard.registered:1.7', 1],
  ['urn:tributary:schema:corpus.shard.registered:2.0', 2],
  ['urn:tributary:schema:corpus.shard.registered:3.0', 3],
  [undefined, 2],
  ['urn:tributary:schema:corpus.shard.retracted:1.0', undefined],
  ['urn:tributary:schema:corpus.shard.registered:1', undefined],
  ['urn:tributary:schema:corpus.shard.registered:01.0', undefined],
  ['https://example.org/schema', undefined],
])('reads the major version of %s as %s', (dataschema, major) => {
  expect(majorIn('corpus.shard.registered', dataschema)).toBe(major);
});

it.each([
  [1, true],
  [2, true],
  [3, false],
])('reads version %s of a shard: %s', (major, readable) => {
  expect(isReadable('corpus.shard.registered', major)).toBe(readable);
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
])(
  'refuses an envelope that violates CloudEvents or states what only the log may state',
  (event, pointer) => {
    expect(checkEnvelope(event)).toMatchObject({ ok: false, violation: { pointer } });
  },
);

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
