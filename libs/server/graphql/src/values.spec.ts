import type { DeadLetter } from '@tributary/dead-letters';
import { Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { valueOf } from './closed-set.ts';
import { explanationOf } from './dead-letter-explanation.ts';
import { RunStatus } from './generated/schema.ts';
import { scalars } from './scalars.ts';

describe('a value of a closed set', () => {
  it('is found by its text', () => {
    expect(valueOf(RunStatus, 'failed', 'the status of a run')).toBe('failed');
  });

  it('is refused where this version does not know it', () => {
    expect(() => valueOf(RunStatus, 'paused', 'the status of a run')).toThrow(
      'the status of a run is "paused"; this version knows planned, running, completed, failed, stopped',
    );
    expect(() => valueOf(RunStatus, 'constructor', 'the status of a run')).toThrow('"constructor"');
  });
});

describe('scalars', () => {
  it('take a position as text', () => {
    expect(scalars.Position.parseValue('3,4')).toBe('3,4');
    expect(scalars.Position.parseLiteral({ kind: Kind.INT, value: '3' })).toBe('3');
    for (const wrong of ['', 3, null, 'x'.repeat(16_385)])
      expect(() => scalars.Position.parseValue(wrong)).toThrow('a position is the text');
  });

  it('take and give counts that are exact', () => {
    expect(scalars.Count.parseValue(7)).toBe(7);
    expect(scalars.Count.serialize(2 ** 53 - 1)).toBe(2 ** 53 - 1);
    for (const wrong of [-1, 0.5, 2 ** 53, NaN])
      expect(() => scalars.Count.serialize(wrong)).toThrow('is not an integer from 0 to 2^53 - 1');
  });
});

describe('the explanation of a dead letter', () => {
  const deadLetter: DeadLetter = {
    id: 'a',
    endpoint: 'POST /v1/events',
    contentType: 'application/json',
    size: 1,
    code: 'invalid_json',
    message: 'unexpected end',
    pointer: '',
    firstSeen: '2026-11-24T12:00:00.000000Z',
    lastSeen: '2026-11-24T12:00:00.000000Z',
    seen: 1,
    state: 'parked',
    history: [],
  };

  it('says what is wrong, where, and what to do', () => {
    expect(explanationOf(deadLetter)).toBe(
      'The event: unexpected end. It is truncated or not JSON: fix the text and replay it, or discard it.',
    );
    expect(explanationOf({ ...deadLetter, code: 'other', pointer: '/id', value: '""' })).toBe(
      'At /id (""): unexpected end. Fix the text and replay it, or discard it.',
    );
  });

  it('gives no advice once it is handled', () => {
    expect(explanationOf({ ...deadLetter, state: 'replayed' })).toBe('The event: unexpected end.');
  });
});
