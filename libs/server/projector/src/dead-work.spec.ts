import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { deadWork } from './dead-work.ts';

const refused = new Fault('engine_refused', 'no');
const busy = new Fault('engine_refused', 'too many queries', { retryable: true });
const unforeseen = new TypeError('x is undefined');

const deadOf = (...faults: unknown[]): unknown => deadWork({ stopped: () => faults });

it('is dead where no partition can go on, for faults that may end with the process', () => {
  expect(deadOf(refused)).toBe(refused);
  expect(deadOf(unforeseen, refused)).toBe(unforeseen);
  expect(deadOf()).toBeUndefined();
});

it.each(['contract_newer', 'partitions_changed', 'batch_expired', 'tables_version', 'broker_refused'])(
  'waits with %s, which the next process would meet again',
  (code) => {
    expect(deadOf(new Fault(code, 'no'))).toBeUndefined();
    expect(deadOf(refused, new Fault(code, 'no'))).toBeUndefined();
  },
);

it('waits for what passes by itself', () => {
  expect(deadOf(busy)).toBeUndefined();
});
