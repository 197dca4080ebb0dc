import type { DeadLetter } from '@tributary/dead-letters';
import { memoryDeadLetters } from '@tributary/dead-letters';
import { beforeAll, describe, expect, it } from 'vitest';
import { countsOf, deadLetterOf, totalOf } from './dead-letter-answers.ts';
import { explanationOf } from './dead-letter-explanation.ts';

const deadLetter: DeadLetter = {
  id: 'a',
  endpoint: 'POST /v1/events',
  contentType: 'application/json',
  size: 1,
  code: 'schema_violation',
  message: 'must be >= 0',
  pointer: '/data/lastStep',
  firstSeen: '2026-11-24T12:00:00.000000Z',
  lastSeen: '2026-11-24T12:00:00.000000Z',
  seen: 1,
  state: 'parked',
  history: [],
};

describe('the advice for a dead letter', () => {
  it.each([
    ['invalid_utf8', 'replay it with the text in UTF-8'],
    ['not_finite', 'Write null instead, list the value under nonfinite'],
    ['number_not_exact', 'at most 15 digits'],
    ['duplicate_key', 'remove the other one'],
    ['unknown_type', 'update the server and replay it unchanged'],
    ['unknown_version', 'in a supported version'],
    ['unknown_blob', 'Replay it unchanged once that is so'],
    ['clock_skew', 'correct the time'],
    ['actor_mismatch', 'Whoever it names replays it'],
    ['scope_missing', 'with a key that may decide'],
    ['event_too_large', 'Split it into several events'],
    ['id_conflict', 'Give the changed content a new id'],
    ['step_contradicted', 'a restarted run is a new attempt'],
    ['not_decoded', 'fix the text as OTLP in JSON'],
    ['no_value', 'record a correction as a new fact'],
    ['not_an_event', 'send that elsewhere'],
    ['batch_in_record', 'each event as a record of its own'],
    ['no_key', 'use that stream as the key'],
    ['wrong_key', 'use that stream as the key'],
    ['wrong_partition', "Kafka's default partitioner"],
    ['no_record_time', 'correct the clock or the header'],
    ['not_a_batch', 'one JSON array of events'],
    ['schema_violation', 'Fix the text and replay it, or discard it.'],
    ['constructor', 'Fix the text and replay it, or discard it.'],
  ])('%s says what to do', (code, advice) => {
    expect(explanationOf({ ...deadLetter, code })).toContain(`At /data/lastStep: must be >= 0. `);
    expect(explanationOf({ ...deadLetter, code })).toContain(advice);
    expect(explanationOf({ ...deadLetter, code, state: 'discarded' })).not.toContain(advice);
  });
});

describe('a dead letter as an answer', () => {
  it('has no text in a list, and null for what it does not have', () => {
    expect(deadLetterOf(deadLetter, undefined)).toMatchObject({
      value: null,
      position: null,
      text: null,
      lossy: false,
    });
  });

  it('is lossy exactly where its bytes are not UTF-8', () => {
    expect(deadLetterOf(deadLetter, Buffer.from('ü'))).toMatchObject({ text: 'ü', lossy: false });
    expect(deadLetterOf(deadLetter, Buffer.from([0xfc]))).toMatchObject({ text: '\uFFFD', lossy: true });
    expect(deadLetterOf(deadLetter, Buffer.alloc(0))).toMatchObject({ text: '', lossy: false });
  });
});

describe('the count of dead letters', () => {
  const deadLetters = memoryDeadLetters();
  beforeAll(async () => {
    const codes = [...Array<string>(1_001).fill('unknown_type'), 'invalid_json'];
    await deadLetters.park(
      codes.map((code, index) => ({
        endpoint: 'POST /v1/events',
        contentType: 'application/json',
        bytes: Buffer.from(String(index)),
        code,
        message: 'no',
        pointer: '',
      })),
    );
  });

  it('is right beyond one page of those of a code', async () => {
    expect(await totalOf(deadLetters, { state: 'parked', code: 'unknown_type' })).toBe(1_001);
    expect(await totalOf(deadLetters, { state: undefined, code: 'invalid_json' })).toBe(1);
    expect(await totalOf(deadLetters, { state: 'replayed', code: 'unknown_type' })).toBe(0);
  });

  it('is that of a state, or of all states, without a code', async () => {
    expect(await totalOf(deadLetters, { state: undefined, code: undefined })).toBe(1_002);
    expect(await totalOf(deadLetters, { state: 'parked', code: undefined })).toBe(1_002);
    expect(await totalOf(deadLetters, { state: 'discarded', code: undefined })).toBe(0);
  });

  it('lists codes by name', () => {
    expect(countsOf(deadLetters)).toMatchObject({
      parked: 1_002,
      byCode: [
        { code: 'invalid_json', count: 1 },
        { code: 'unknown_type', count: 1_001 },
      ],
    });
  });
});
