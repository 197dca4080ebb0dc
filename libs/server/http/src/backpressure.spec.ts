import { REQUEST_LIMITS } from '@tributary/capture';
import { expect, it } from 'vitest';
import { InFlight } from './backpressure.ts';

const inFlight = () => new InFlight({ ...REQUEST_LIMITS, bytesInFlight: 100, requests: 2 });

it('admits requests until their bytes reach the limit, and again once they are answered', () => {
  const flight = inFlight();
  const first = flight.admit(60);
  expect(flight.admit(41)).toBeUndefined();
  expect(flight.bytes).toBe(60);
  first?.leave();
  expect(flight.admit(41)).toBeDefined();
});

it('lets a request grow as far as there is room', () => {
  const flight = inFlight();
  const request = flight.admit(10);
  expect(request?.grow(90)).toBe(true);
  expect(request?.grow(1)).toBe(false);
  expect(request?.held).toBe(100);
  request?.leave();
  expect(flight.bytes).toBe(0);
});

it('admits no more requests than its limit, however small', () => {
  const flight = inFlight();
  const first = flight.admit(0);
  expect(flight.admit(0)).toBeDefined();
  expect(flight.admit(0)).toBeUndefined();
  first?.leave();
  expect(flight.admit(0)).toBeDefined();
});

it('counts a request that leaves twice once, and lets it take nothing more', () => {
  const flight = inFlight();
  const other = flight.admit(50);
  const request = flight.admit(50);
  request?.leave();
  request?.leave();
  expect(request?.grow(1)).toBe(false);
  expect(flight.bytes).toBe(50);
  other?.leave();
  expect(flight.bytes).toBe(0);
});
