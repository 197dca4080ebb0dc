import { expect, it } from 'vitest';
import { validateOpenLineage } from './open-lineage.ts';

const frame = {
  eventTime: '2026-11-24T10:00:00.000Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
};
const run = { runId: '41FB5137-f0fd-4ee5-ba5c-56f8571d1bd7' };
const job = { namespace: 'ns', name: 'job' };
const facet = { _producer: 'https://example.com', _schemaURL: 'https://example.com/facet.json' };

const headOf = (event: object) => {
  const judgement = validateOpenLineage({ ...frame, ...event });
  return judgement.ok ? judgement.head : judgement.refusal;
};

it.each([
  ['run', { run, job, eventType: 'START', dataset: job }, 'run:41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7'],
  ['job', { job, dataset: job }, 'job:ns/job'],
  ['dataset', { dataset: { namespace: 's3://bucket', name: 'a/b' } }, 'dataset:s3://bucket/a/b'],
])('tells a %s event by its structure, whatever its schemaURL says', (kind, event, subject) => {
  expect(headOf({ ...event, schemaURL: 'http://123' })).toMatchObject({ kind, subject });
});

it.each([
  ['2020-12-28T19:52:00.001+10:00', '2020-12-28T09:52:00.001000Z'],
  ['2020-12-28t19:52:00z', '2020-12-28T19:52:00.000000Z'],
  ['2020-12-28T19:52:00.123456789-0330', '2020-12-28T23:22:00.123456Z'],
  ['2021-11-03T10:53:52.427343', '2021-11-03T10:53:52.427343Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000000Z'],
])('reads the time %s as %s and keeps it as it came', (eventTime, time) => {
  expect(headOf({ run, job, eventTime })).toMatchObject({ eventTime, time });
});

it.each([
  ['eventTime that is no time', { run, job, eventTime: 'yesterday' }, '/eventTime'],
  ['eventTime on no calendar', { run, job, eventTime: '2026-02-30T00:00:00Z' }, '/eventTime'],
  ['missing eventTime', { run, job, eventTime: undefined }, '/eventTime'],
  ['missing producer', { run, job, producer: undefined }, '/producer'],
  ['missing schemaURL', { run, job, schemaURL: null }, '/schemaURL'],
  ['run without an id', { run: {}, job }, '/run/runId'],
  ['run id that is no UUID', { run: { runId: 'r-1' }, job }, '/run/runId'],
  ['run without a job', { run }, '/job'],
  ['job without a name', { job: { namespace: 'ns' } }, '/job/name'],
  ['unknown eventType', { run, job, eventType: 'DONE' }, '/eventType'],
  ['inputs that are no array', { run, job, inputs: {} }, '/inputs'],
  ['input without a namespace', { run, job, inputs: [job, { name: 'x' }] }, '/inputs/1/namespace'],
  [
    'facet without its schema',
    { run, job: { ...job, facets: { 'a/b': { _producer: 'x' } } } },
    '/job/facets/a~1b/_schemaURL',
  ],
  [
    'output facet that is a text',
    { run, job, outputs: [{ ...job, outputFacets: { s: 'x' } }] },
    '/outputs/0/outputFacets/s',
  ],
  ['nothing it speaks of', {}, ''],
])('refuses an event with %s and points at it', (_what, event, pointer) => {
  expect(headOf(event)).toMatchObject({ pointer, message: expect.any(String) });
});

it.each([[null], [[]], ['text'], [1]])('refuses %j, which is no event', (value) => {
  expect(validateOpenLineage(value)).toMatchObject({ ok: false, refusal: { pointer: '' } });
});

it('accepts unknown facets, nulls and an absent eventType', () => {
  const facets = { llm_mixture: { ...facet, weights: { web: 0.7 } }, schema: null };
  expect(headOf({ run: { ...run, facets }, job, inputs: null, outputs: [] })).toMatchObject({ kind: 'run' });
});

it('names a placeholder in place of a value', () => {
  const eventTime = '${json-unit.any-string}';
  expect(headOf({ run, job, eventTime })).toMatchObject({
    pointer: '/eventTime',
    message: expect.stringContaining('placeholder'),
  });
  const output = { namespace: 'ns', name: '${json-unit.regex}.*' };
  expect(headOf({ run, job, outputs: [output] })).toMatchObject({
    pointer: '/outputs/0/name',
    message: expect.stringContaining('placeholder'),
  });
});
