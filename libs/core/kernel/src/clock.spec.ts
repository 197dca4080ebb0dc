import { expect, it } from 'vitest';
import { rfc3339 } from './clock.ts';

it('prints microseconds in UTC', () => {
  expect(rfc3339(1_764_000_000_123_045)).toBe('2025-11-24T16:00:00.123045Z');
});
