import { describe, expect, it } from 'vitest';
import { dataParts, newEventOf, observe, OPENLINEAGE_SOURCE } from './observation.ts';
import type { Observation } from './observation.ts';

const RUN = '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7';
const runEvent = {
  eventType: 'START',
  eventTime: '2026-11-24T10:00:00+01:00',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: RUN },
  job: { namespace: 'ns', name: 'job' },
};

function observed(event: object): Observation {
  const result = observe(Buffer.from(JSON.stringify(event)));
  if (!result.ok) throw new Error(result.refusal.message);
  return result.observation;
}

describe('the id of an event', () => {
  it('is a UUID of version 8', () => {
    expect(observed(runEvent).id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  });

  it.each([
    ['the state', { eventType: 'COMPLETE' }],
    ['the time, even within one microsecond', { eventTime: '2026-11-24T10:00:00.0000001+01:00' }],
    ['the same instant in another offset', { eventTime: '2026-11-24T09:00:00Z' }],
    ['the run', { run: { runId: RUN.replace('4', '5') } }],
    ['the job', { job: { namespace: 'ns', name: 'other' } }],
    ['a member that is not read', { custom: 1 }],
  ])('differs where %s differs', (_what, more) => {
    expect(observed({ ...runEvent, ...more }).id).not.toBe(observed(runEvent).id);
  });
});

describe('the stream of an event', () => {
  const { run: _run, eventType: _type, ...jobEvent } = runEvent;
  const { job: _job, ...frame } = jobEvent;

  it.each([
    ['run', runEvent],
    ['job', jobEvent],
    ['dataset', { ...frame, dataset: { namespace: 's3://bucket', name: 'shard' } }],
  ])('is the one of its %s', (kind, event) => {
    const observation = observed(event);
    expect(observation.head.kind).toBe(kind);
    expect(newEventOf(observation, []).stream).toBe(`lineage/${observation.head.subject}`);
    expect(observation.head.subject.startsWith(`${kind}:`)).toBe(true);
  });
});

it('wraps the bytes of the event unchanged in the data of a CloudEvent', () => {
  const raw = Buffer.from(JSON.stringify(runEvent, null, 3).replace('{', '{"odd": 1.10, '));
  const result = observe(raw);
  if (!result.ok) throw new Error(result.refusal.message);
  const data = Buffer.concat(dataParts(result.observation, raw));
  expect(data.subarray('{"event":'.length).subarray(0, raw.length).equals(raw)).toBe(true);
  const event = newEventOf(result.observation, [Buffer.from('"data":'), data]);
  expect(JSON.parse(Buffer.from(event.bytes).toString('utf8'))).toMatchObject({
    specversion: '1.0',
    id: result.observation.id,
    source: OPENLINEAGE_SOURCE,
    type: 'lineage.run.observed',
    time: '2026-11-24T09:00:00.000000Z',
    datacontenttype: 'application/json',
    data: { event: { job: runEvent.job }, kind: 'run', subject: `run:${RUN}` },
  });
  expect(event).toMatchObject({ id: result.observation.id, source: OPENLINEAGE_SOURCE });
});

describe('what is no event', () => {
  const withNumber = (text: string) => Buffer.from(JSON.stringify(runEvent).replace('{', `{"big":${text},`));

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xc3, 0x22]), 'is not UTF-8'],
    ['text that ends early', Buffer.from('{"eventTime":'), 'is no JSON event: '],
    ['no text', Buffer.alloc(0), 'is no JSON event: '],
    ['a JSON string', Buffer.from('"START"'), 'is no JSON object'],
    ['null', Buffer.from('null'), 'is no JSON object'],
    ['an array', Buffer.from('[]'), 'is no JSON object'],
    ['a number that no float holds', withNumber('1e400'), 'Infinity has no JSON form'],
    ['an event of nothing', Buffer.from('{}'), 'has neither run and job, nor job, nor dataset'],
  ])('is refused as a value: %s', (_what, bytes, message) => {
    expect(observe(bytes)).toMatchObject({
      ok: false,
      refusal: { pointer: '', message: expect.stringContaining(message) },
    });
  });

  it('has a message of at most 300 characters', () => {
    const refused = observe(Buffer.from(`{"${'k'.repeat(5_000)}"`));
    expect(refused.ok ? 0 : refused.refusal.message.length).toBeLessThanOrEqual(300);
  });
});
