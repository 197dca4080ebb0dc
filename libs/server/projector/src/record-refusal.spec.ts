import type { TopicRecord } from '@tributary/event-log';
import { positionFromText } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { recordRefusal } from './record-refusal.ts';

const record: TopicRecord = {
  partition: 2,
  offset: 41,
  key: Buffer.from('run/r'),
  value: Buffer.from('{"id":"a"}'),
  headers: [],
  timestamp: 0,
};
const known = {
  source: 'urn:test',
  id: 'a"b',
  type: 't',
  stream: 'run/r',
  hash: '00',
  position: positionFromText('2:7'),
};

it('names the offset of a record that is not an event, and the reason', () => {
  const bytes = Buffer.from('{}');
  const refusal = {
    ok: false,
    code: 'invalid_envelope',
    message: 'no id',
    pointer: '/id',
    bytes,
    contentType: 'application/json',
  } as const;
  const deadLetter = recordRefusal('events', { record, why: 'refused', refusal });
  expect(deadLetter).toEqual({
    endpoint: 'kafka events/2@41',
    contentType: 'application/json',
    bytes,
    code: 'invalid_envelope',
    message: 'no id',
    pointer: '/id',
  });
  expect(recordRefusal('events', { record, why: 'refused', refusal: { ...refusal, value: '7' } })).toEqual({
    ...deadLetter,
    value: '7',
  });
});

it('names the event whose id a record repeats, and its position', () => {
  expect(recordRefusal('events', { record, why: 'conflict', known })).toMatchObject({
    endpoint: 'kafka events/2@41',
    bytes: record.value,
    code: 'id_conflict',
    message: expect.stringContaining('recorded at 2:7'),
    pointer: '/id',
    value: '"a\\"b"',
  });
});

it('makes one dead letter of each record, even if everything else is equal', () => {
  const endpoints = [record, { ...record, offset: 42 }, { ...record, partition: 3 }].map(
    (one) => recordRefusal('events', { record: one, why: 'conflict', known }).endpoint,
  );
  expect(new Set(endpoints).size).toBe(3);
});

it('has no bytes for a record without a value', () => {
  const deadLetter = recordRefusal('events', { record: { ...record, value: null }, why: 'conflict', known });
  expect(deadLetter.bytes).toHaveLength(0);
});

it('names partition, offsets, size and reason of a batch that cannot be read', () => {
  const batch = { first: 12, bytes: Buffer.from('batch'), reason: 'compression codec 7 is unknown' };
  expect(recordRefusal('events', { record, why: 'unreadable', batch })).toEqual({
    endpoint: 'kafka-batch events/2@12-41',
    contentType: 'application/octet-stream',
    bytes: batch.bytes,
    code: 'unreadable_batch',
    message:
      'the batch of 5 bytes at offsets 12-41 of partition 2 cannot be read (compression codec 7 is unknown), and none of its records counts',
    pointer: '',
  });
});
