import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { factTypes, isTelemetry, readableMajors, versionOf } from '@tributary/contracts';
import type { TopicRecord } from '@tributary/event-log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, latestTime } from '../admit.ts';
import type { Admission } from '../admit.ts';
import { admitRecord } from './admit-record.ts';
import { recordOf } from './record-of.ts';
import type { RefusedRecord } from './refused-record.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const latest = latestTime(NOW * 1000);
const examples = join(import.meta.dirname, '../../../../../schemas/examples');

const all = factTypes.flatMap((type) => {
  const [context = '', entity = '', verb = ''] = type.split('.');
  return readableMajors(type).flatMap((major) => {
    const folder = join(examples, context, `${entity}.${verb}.v${major}`);
    return readdirSync(folder).map((name) => ({
      name,
      type,
      dataschema: `urn:tributary:schema:${type}:${major}.0`,
      data: readFileSync(join(folder, name), 'utf8'),
    }));
  });
});
const ids = { id: fc.string({ minLength: 1, maxLength: 40 }), source: fc.webUrl() };
const time = fc.option(fc.constantFrom('2026-11-24T00:00:00Z', '2026-11-26T00:00:00Z', 'yesterday'));

const textOf = ({ type, dataschema, data }: (typeof all)[number], envelope: object): Buffer => {
  const attributes = JSON.stringify({ specversion: '1.0', type, dataschema, ...envelope });
  return Buffer.from(`${attributes.slice(0, -1)},"data":${data}}`);
};
const recordAt = (record: Omit<TopicRecord, 'partition' | 'offset' | 'timestamp'>): TopicRecord => ({
  partition: 0,
  offset: 0,
  timestamp: NOW,
  ...record,
});

/** What must be equal for a topic and for HTTP. */
const reasonOf = ({
  code,
  message,
  pointer,
  value,
}: Omit<RefusedRecord, 'ok' | 'bytes' | 'contentType'>) => ({
  code,
  message,
  pointer,
  value,
});
const outcomeOf = (validated: ReturnType<typeof admitRecord>) =>
  validated.ok ? validated : { ok: false, ...reasonOf(validated) };
const textIn = (validated: ReturnType<typeof admitRecord> | Admission) =>
  validated.ok && Buffer.from(validated.event.bytes).toString();

describe.each(all)('$type $name', (example) => {
  it('is validated in a topic as over HTTP, and is read back unchanged', () => {
    fc.assert(
      fc.property(fc.record({ ...ids, time }), ({ time: stated, ...rest }) => {
        const envelope = stated === null ? rest : { ...rest, time: stated };
        const bytes = textOf(example, envelope);
        const overHttp = admit({ bytes, isUtf8: true }, latest);
        const recordTime = NOW * 1000 - 17;
        const came = overHttp.ok
          ? recordOf(overHttp.event, { recordTime })
          : { key: Buffer.from('x'), value: bytes, headers: [] };
        const expected = overHttp.ok
          ? { ok: true, event: { ...overHttp.event, recordTime, schemaVersion: versionOf(example.type) } }
          : { ok: false, ...reasonOf(overHttp.rejection) };
        expect(outcomeOf(admitRecord(recordAt(came)))).toStrictEqual(expected);
      }),
      { seed: 7, numRuns: 25 },
    );
  });

  it(`is ${example.name.startsWith('ok-') ? 'admitted' : 'refused'} in binary mode as in structured mode`, () => {
    const envelope = { id: 'é%41', source: 'urn:test', datacontenttype: 'application/json' };
    const structured = admit({ bytes: textOf(example, envelope), isUtf8: true }, latest);
    expect(structured.ok).toBe(example.name.startsWith('ok-'));
    const headers = Object.entries({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_type: example.type,
      ce_dataschema: example.dataschema,
      ce_id: 'é%41',
      ce_source: 'urn:test',
    }).map(([name, text]) => [name, Buffer.from(text)] as const);
    const key = Buffer.from(structured.ok ? structured.event.stream : '');
    const binary = admitRecord(recordAt({ key, value: Buffer.from(example.data), headers }));
    const anyBytes: unknown = expect.anything();
    const expected = structured.ok
      ? { ok: true, event: { ...structured.event, bytes: anyBytes, recordTime: NOW * 1000 } }
      : { ok: false, ...reasonOf(structured.rejection) };
    expect(outcomeOf(binary)).toEqual(expected);
    expect(isTelemetry(example.type) || textIn(binary)).toEqual(
      isTelemetry(example.type) || textIn(structured),
    );
  });
});

describe('any record of a topic', () => {
  const [sample] = all.filter(({ name }) => name.startsWith('ok-'));
  const good = sample ? textOf(sample, { id: '1', source: 'urn:test' }) : Buffer.alloc(0);
  const bytes = fc.uint8Array({ maxLength: 300 });
  const damaged = fc
    .tuple(fc.nat(good.length - 1), bytes)
    .map(([at, more]) => Buffer.concat([good.subarray(0, at), more, good.subarray(at + more.length)]));
  const value = fc.oneof(
    fc.constant(null),
    bytes,
    damaged,
    fc.json().map((text) => Buffer.from(text)),
  );
  const name = fc.oneof(
    fc.constantFrom(
      'content-type',
      'ce_id',
      'ce_type',
      'ce_source',
      'ce_specversion',
      'ce_time',
      'ce_datadigest',
    ),
    fc.constantFrom('tributary-recordtime', 'tributary-schemaversion', 'ce_', 'ce___proto__', 'CE_DATA', ''),
    fc.string(),
  );
  const content = fc.oneof(
    bytes,
    fc
      .constantFrom(
        'application/cloudevents+json',
        'application/cloudevents-batch+json',
        'application/json',
        '1.0',
      )
      .map((text) => Buffer.from(text)),
    fc.nat().map((number) => Buffer.from(String(number))),
    fc.constant(Buffer.from(sample?.type ?? '')),
  );
  const record: fc.Arbitrary<TopicRecord> = fc.record({
    partition: fc.nat(),
    offset: fc.nat(),
    key: fc.option(bytes),
    value,
    headers: fc.array(fc.tuple(name, content), { maxLength: 8 }),
    timestamp: fc.oneof(fc.constant(NOW), fc.maxSafeInteger(), fc.double()),
  });

  it('is an event or is refused with a reason, and never a fault', () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(record, fc.option(bytes, { nil: undefined }), (one, blob) => {
        const validated = admitRecord(one, blob && Buffer.from(blob));
        codes.add(validated.ok ? 'ok' : validated.code);
        expect(validated.ok || validated.message.length > 0).toBe(true);
      }),
      { seed: 7, numRuns: 2_000 },
    );
    expect(codes.size).toBeGreaterThan(8);
  });
});
