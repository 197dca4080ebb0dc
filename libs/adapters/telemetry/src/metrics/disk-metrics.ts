import type { Registry } from 'prom-client';
import { readGauge } from './read-gauge.ts';

const STATES = ['ok', 'warn', 'low'] as const;

/** The fullest disk of a process. */
export type DiskReading = { readonly free: number; readonly state: (typeof STATES)[number] };

export function diskMetrics(registry: Registry, read: () => DiskReading): void {
  readGauge({
    registry,
    name: 'tributary_disk_free_bytes',
    help: 'Free bytes on the fullest disk of this process.',
    read: () => [{ value: read().free }],
  });
  readGauge({
    registry,
    name: 'tributary_disk_state',
    help: 'Whether that disk is ok, below the warning (warn), or so full that new facts are refused (low): 1 for its state, 0 for the others.',
    labelNames: ['state'],
    read: () => {
      const { state: current } = read();
      return STATES.map((state) => ({ labels: { state }, value: Number(state === current) }));
    },
  });
}
