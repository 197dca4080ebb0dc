import type { TopicRecord } from '@tributary/event-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { admitRecord } from './admit-record.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

type Given = { readonly value: unknown; readonly key?: string; readonly headers?: Record<string, string> };

/** A record as our endpoint writes it, of whatever version. */
const stated = ({ value, key = 'run/r', headers = {} }: Given): TopicRecord => ({
  partition: 0,
  offset: 0,
  key: Buffer.from(key),
  value: Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)),
  timestamp: NOW,
  headers: Object.entries({
    'content-type': 'application/cloudevents+json',
    'tributary-recordtime': String(NOW * 1000),
    'tributary-schemaversion': '1.0',
    ...headers,
  }).map(([name, text]) => [name, Buffer.from(text)] as const),
});

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const later = { specversion: '1.0', id: 'a', source: 'urn:test', type: 'training.run.dreamt', data: {} };

it('is the same event for readers of every version, whatever its type, version and data', () => {
  fc.assert(
    fc.property(
      fc.record({ id: name, source: name, data: fc.jsonValue(), x: fc.jsonValue() }),
      fc.constantFrom('training.run.ended', 'training.run.dreamt', 'constructor', 'x'),
      fc.constantFrom('1.0', '1.7', '9.0'),
      name,
      (event, type, version, key) => {
        const value = Buffer.from(` ${JSON.stringify({ ...event, type })}`);
        const headers = { 'tributary-schemaversion': version };
        const admitted = admitRecord(stated({ value, key, headers }));
        expect(admitted).toMatchObject({
          ok: true,
          event: { id: event.id, source: event.source, type, stream: key, schemaVersion: version },
        });
        expect(admitted.ok && Buffer.from(admitted.event.bytes).equals(value)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});

it.each([
  ['is no JSON', Buffer.from('{'), 'not_an_event'],
  ['is no object', [1], 'not_an_event'],
  ['has no id', { ...later, id: undefined }, 'not_an_event'],
  ['has an empty source', { ...later, source: '' }, 'not_an_event'],
  [
    'has a lone surrogate in its id',
    Buffer.from(JSON.stringify(later).replace('"a"', '"\\ud800"')),
    'not_an_event',
  ],
  ['is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not_an_event'],
])('is refused where its value %s, by every version alike', (_what, value, code) => {
  expect(admitRecord(stated({ value }))).toMatchObject({ ok: false, code });
});

it('is refused without a key', () => {
  expect(admitRecord({ ...stated({ value: later }), key: null })).toMatchObject({
    ok: false,
    code: 'no_key',
  });
});

it.each([
  ['without the time at which our endpoint accepted it', { 'tributary-recordtime': '' }, 'no_record_time'],
  ['with a text that is no version', { 'tributary-schemaversion': 'newest' }, 'unknown_type'],
  ['with an empty version', { 'tributary-schemaversion': '' }, 'unknown_type'],
])('is validated as a record of any producer %s', (_what, headers, code) => {
  expect(admitRecord(stated({ value: later, headers }))).toMatchObject({ ok: false, code });
});
