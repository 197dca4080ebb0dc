import { createHash } from 'node:crypto';
import type { TopicRecord } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { describe, expect, it } from 'vitest';
import { MAX_INLINE_BYTES } from '../stored-form.ts';
import { admitRecord } from './admit-record.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const data = { runId: 'r', attempt: 1, status: 'completed', lastStep: 1 };
const ended = { specversion: '1.0', id: 'e1', source: 'urn:test', type: 'training.run.ended', data };
const text = JSON.stringify(ended);
const STRUCTURED = ['content-type', 'application/cloudevents+json'] as const;
const BINARY = [
  ['content-type', 'application/json'],
  ['ce_specversion', '1.0'],
  ['ce_id', 'e1'],
  ['ce_source', 'urn:test'],
  ['ce_type', 'training.run.ended'],
] as const;

type Headers = readonly (readonly [string, string | Uint8Array])[];
type Given = Partial<Omit<TopicRecord, 'headers'>> & { readonly headers?: Headers };

const recordWith = ({ headers = [STRUCTURED], ...more }: Given): TopicRecord => ({
  partition: 0,
  offset: 0,
  key: Buffer.from('run/r'),
  value: Buffer.from(text),
  timestamp: NOW,
  ...more,
  headers: headers.map(([name, value]) => [name, typeof value === 'string' ? Buffer.from(value) : value]),
});
const validated = (given: Given, content?: Buffer) => admitRecord(recordWith(given), content);
const eventIn = (given: Given) => {
  const admitted = validated(given);
  return admitted.ok ? JSON.parse(Buffer.from(admitted.event.bytes).toString()) : admitted;
};

describe('a structured record', () => {
  it('is the event in canonical form, accepted at the time of the record', () => {
    const admitted = validated({});
    expect(admitted).toMatchObject({
      ok: true,
      event: { source: 'urn:test', id: 'e1', type: 'training.run.ended', stream: 'run/r', parsed: ended },
    });
    expect(admitted.ok && Buffer.from(admitted.event.bytes).toString()).toBe(canonicalJson(ended));
    expect(admitted.ok && admitted.event.recordTime).toBe(NOW * 1000);
  });

  it.each([
    ['with a charset', [['Content-Type', 'application/CloudEvents+json; charset=UTF-8']]],
    ['without a label', []],
    ['with additional headers', [STRUCTURED, ['ce_id', 'another'], ['x', new Uint8Array([0xff])]]],
  ] as const)('is read %s', (_what, headers) => {
    expect(eventIn({ headers })).toEqual(ended);
  });

  it('is read without a content type, also after white space', () => {
    expect(eventIn({ headers: [], value: Buffer.from(` \r\n\t${text}`) })).toEqual(ended);
  });
});

describe('a record in binary mode', () => {
  it('is one event made of headers and value', () => {
    const value = Buffer.from(JSON.stringify(data));
    expect(eventIn({ headers: BINARY, value })).toEqual({ ...ended, datacontenttype: 'application/json' });
  });

  it('reads header values as plain UTF-8, percent signs and quotes included', () => {
    const headers = [...BINARY, ['CE_subject', '"50%25" Öl'] as const];
    const value = Buffer.from(JSON.stringify(data));
    expect(eventIn({ headers, value })).toMatchObject({ subject: '"50%25" Öl' });
  });

  it.each([
    ['a header twice', [...BINARY, ['ce_id', 'e2']], 'invalid_envelope', '/id'],
    ['foreign bytes', [...BINARY, ['ce_subject', new Uint8Array([0xff])]], 'invalid_envelope', '/subject'],
    [
      'a content type of its own',
      [...BINARY, ['ce_datacontenttype', 'x']],
      'invalid_envelope',
      '/datacontenttype',
    ],
    ['data among the headers', [...BINARY, ['ce_data', '{}']], 'invalid_envelope', '/data'],
    ['no id', BINARY.filter(([name]) => name !== 'ce_id'), 'invalid_envelope', '/id'],
  ] as const)('is refused with %s', (_what, headers, code, pointer) => {
    const value = Buffer.from(JSON.stringify(data));
    expect(validated({ headers, value })).toMatchObject({ ok: false, code, pointer });
  });

  it('is returned as the event that it would be', () => {
    const refused = validated({ headers: BINARY, value: Buffer.from('{"runId":1}') });
    expect(refused).toMatchObject({ code: 'schema_violation', contentType: 'application/cloudevents+json' });
    expect(!refused.ok && JSON.parse(refused.bytes.toString())).toMatchObject({
      id: 'e1',
      data: { runId: 1 },
    });
  });

  it('is returned unchanged where its value is no JSON', () => {
    const value = Buffer.from('not JSON');
    expect(validated({ headers: BINARY, value })).toMatchObject({
      code: 'invalid_json',
      bytes: value,
      contentType: 'application/json',
    });
  });
});

describe('a record that is no event', () => {
  it.each<[string, Given, string]>([
    ['a tombstone', { value: null }, 'no_value'],
    ['a batch', { headers: [['content-type', 'application/cloudevents-batch+json']] }, 'batch_in_record'],
    [
      'another format of CloudEvents',
      { headers: [...BINARY.slice(1), ['content-type', 'application/cloudevents+avro']] },
      'not_an_event',
    ],
    ['JSON without a sign of an event', { headers: [['content-type', 'application/json']] }, 'not_an_event'],
    ['a list without a label', { headers: [], value: Buffer.from('[{}]') }, 'not_an_event'],
    ['bytes of somebody else', { headers: [], value: Buffer.from([0, 0, 0, 1, 7]) }, 'not_an_event'],
    ['nothing', { headers: [], value: Buffer.alloc(0) }, 'not_an_event'],
    ['bytes that are not UTF-8', { value: Buffer.from([0x7b, 0xff]) }, 'invalid_utf8'],
    ['half an event', { headers: [], value: Buffer.from('{"specversion":') }, 'invalid_json'],
    ['an object that is no event', { headers: [], value: Buffer.from('{"a":1}') }, 'invalid_envelope'],
    ['an event without a key', { key: null }, 'no_key'],
    ['an event under the key of another run', { key: Buffer.from('run/s') }, 'wrong_key'],
    [
      'an event under a key that only looks right',
      { key: Buffer.from([...Buffer.from('run/'), 0xff]) },
      'wrong_key',
    ],
    ['a record without a time', { timestamp: -1 }, 'no_record_time'],
    ['a record in the year 30000', { timestamp: 9e14 }, 'no_record_time'],
    ['a record in the year 9998', { timestamp: Date.UTC(9998, 0, 1) }, 'no_record_time'],
    [
      'a stamp that is no number',
      { headers: [STRUCTURED, ['tributary-recordtime', '1e3']] },
      'no_record_time',
    ],
    [
      'a stamp far ahead',
      { headers: [STRUCTURED, ['tributary-recordtime', String((NOW + 90_000_000) * 1000)]] },
      'clock_skew',
    ],
  ])('is refused: %s', (_what, given, code) => {
    const { value = Buffer.from(text) } = given;
    expect(validated(given)).toMatchObject({ ok: false, code, bytes: value ?? Buffer.alloc(0) });
  });

  it('says which key is expected', () => {
    expect(validated({ key: null })).toMatchObject({ message: expect.stringContaining('run/r') });
    expect(validated({ key: Buffer.from('x') })).toMatchObject({ value: '"x"' });
  });
});

describe('the time of an event', () => {
  const stating = (time: string) => Buffer.from(JSON.stringify({ ...ended, time }));

  it('is compared with the time of the record, not with the clock of the reader', () => {
    expect(validated({ value: stating('2026-11-25T11:59:59Z') }).ok).toBe(true);
    expect(validated({ value: stating('2026-11-25T12:00:01Z') })).toMatchObject({ code: 'clock_skew' });
    const years = { value: stating('2028-01-01T00:00:00Z'), timestamp: Date.UTC(2028, 0, 1) };
    expect(validated(years).ok).toBe(true);
  });

  it('is compared with the time of our endpoint where that of the broker is earlier', () => {
    const stamp = (NOW + 5_000) * 1000 + 7;
    const headers = [STRUCTURED, ['tributary-recordtime', String(stamp)] as const];
    const admitted = validated({ headers, value: stating('2026-11-25T12:00:05Z') });
    expect(admitted).toMatchObject({ ok: true, event: { recordTime: stamp } });
  });
});

it('is recorded a minute after the timestamp at most, whatever its header says', () => {
  const headed = (millis: number) => ({
    headers: [STRUCTURED, ['tributary-recordtime', String((NOW + millis) * 1000)] as const],
  });
  expect(validated(headed(59_000))).toMatchObject({ event: { recordTime: (NOW + 59_000) * 1000 } });
  expect(validated(headed(3_600_000))).toMatchObject({ event: { recordTime: (NOW + 60_000) * 1000 } });
});

describe('a fact whose data is in a blob', () => {
  const weights = Array.from({ length: 3_000 }, (_, n) => ({ slice: `domain/bucket-${n}`, weight: n / 4 }));
  const plan = {
    mixtureId: 'm',
    unit: 'unnormalised',
    phases: [{ name: 'all', fromStep: 0, weights }],
    rationale: 'Every bucket has its own weight.',
    decidedBy: 'data team',
  };
  const content = Buffer.from(canonicalJson(plan));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const attributes = { specversion: '1.0', id: 'p1', source: 'urn:test', type: 'mixture.plan.decided' };
  const reference = {
    dataref: `urn:sha256:${sha256}`,
    datadigest: `sha256:${sha256}`,
    datasize: content.length,
  };
  const kept = canonicalJson({ ...attributes, ...reference });
  const key = Buffer.from('mixture/m');
  const stating = { key, value: Buffer.from(kept) };

  it('is accepted as our endpoint wrote it', () => {
    const headers = [STRUCTURED, ['tributary-recordtime', String(NOW * 1000)] as const];
    const admitted = validated({ ...stating, headers });
    expect(admitted).toMatchObject({
      ok: true,
      event: { id: 'p1', source: 'urn:test', stream: 'mixture/m' },
    });
    expect(admitted.ok && Buffer.from(admitted.event.bytes).toString()).toBe(kept);
  });

  it('of another producer needs its blob, and is then stored as our endpoint would store it', () => {
    expect(validated(stating)).toMatchObject({ ok: false, code: 'unknown_blob', neededBlob: sha256 });
    const admitted = validated(stating, content);
    expect(admitted.ok && admitted.content?.equals(content)).toBe(true);
    expect(admitted.ok && Buffer.from(admitted.event.bytes).toString()).toBe(kept);
  });

  it('is refused where the blob does not contain such a fact', () => {
    expect(validated(stating, Buffer.from('{}'))).toMatchObject({ ok: false, code: 'schema_violation' });
    expect(validated(stating, Buffer.from('['))).toMatchObject({ ok: false, code: 'invalid_json' });
    expect(validated({ ...stating, key: Buffer.from('mixture/n') }, content)).toMatchObject({
      code: 'wrong_key',
    });
  });

  it('is the same whether its data is in the record or in a blob', () => {
    const value = Buffer.from(JSON.stringify({ data: plan, ...attributes }));
    expect(value.length).toBeGreaterThan(MAX_INLINE_BYTES);
    const admitted = validated({ key, value });
    expect(admitted.ok && admitted.content?.equals(content)).toBe(true);
    expect(admitted.ok && Buffer.from(admitted.event.bytes).toString()).toBe(kept);
  });
});

it('names no variable where a record exceeds a limit, because every process judges it alike', () => {
  const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);
  const long = { ...ended, data: { ...data, reason: 'x'.repeat(8_400_000) } };
  for (const [event, code] of [
    [long, 'event_too_large'],
    [{ ...ended, data: { ...data, deep } }, 'too_deep'],
  ] as const) {
    const refused = validated({ value: Buffer.from(JSON.stringify(event)) });
    expect(refused).toMatchObject({ ok: false, code });
    expect(refused.ok ? '' : refused.message).not.toContain('TRIBUTARY_');
  }
});
