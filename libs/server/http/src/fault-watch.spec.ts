import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFault } from './fault-watch.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(grace: number) {
  const state: { fault: unknown; died: unknown[] } = { fault: undefined, died: [] };
  const end = watchFault({ fault: () => state.fault, grace, died: (fault) => state.died.push(fault) });
  return { state, end };
}

it('reports what has been dead for the grace, once', () => {
  const { state } = watched(5_000);
  state.fault = 'dead';
  vi.advanceTimersByTime(4_000);
  expect(state.died).toEqual([]);
  vi.advanceTimersByTime(20_000);
  expect(state.died).toEqual(['dead']);
});

it('begins again where the part comes back', () => {
  const { state, end } = watched(5_000);
  state.fault = 'dead';
  vi.advanceTimersByTime(4_000);
  state.fault = undefined;
  vi.advanceTimersByTime(1_000);
  state.fault = 'dead';
  vi.advanceTimersByTime(4_000);
  expect(state.died).toEqual([]);
  end();
  vi.advanceTimersByTime(60_000);
  expect(state.died).toEqual([]);
});
