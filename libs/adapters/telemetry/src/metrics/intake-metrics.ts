import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { amount, codeLabels, listedLabels } from './labels.ts';

/** What a process reports that ingests events. */
export type IntakeMetrics<Protocol extends string> = {
  accepted(protocol: Protocol, events: number): void;
  refused(protocol: Protocol, code: string, events: number): void;
  /** Seconds from an append to the acknowledgement of the log. */
  appended(seconds: number): void;
};

/** Seconds. A flushed append takes milliseconds; tens of seconds mean an unavailable log. */
const APPEND_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** `protocols` are those that the process serves. Each has a counter from the start. */
export function intakeMetrics<Protocol extends string>(
  registry: Registry,
  protocols: readonly Protocol[],
): IntakeMetrics<Protocol> {
  const registers = [registry];
  const accepted = new Counter({
    name: 'tributary_events_accepted_total',
    help: 'Events that are in the log, by protocol.',
    labelNames: ['protocol'],
    registers,
  });
  const refused = new Counter({
    name: 'tributary_events_refused_total',
    help: 'Events that were refused, by protocol and code.',
    labelNames: ['protocol', 'code'],
    registers,
  });
  const appended = new Histogram({
    name: 'tributary_append_seconds',
    help: 'Seconds from an append to the acknowledgement of the log.',
    buckets: APPEND_BUCKETS,
    registers,
  });
  const protocolOf = listedLabels(protocols);
  const codeOf = codeLabels();
  for (const protocol of protocols) accepted.inc({ protocol }, 0);
  return {
    accepted: (protocol, events) => accepted.inc({ protocol: protocolOf(protocol) }, amount(events)),
    refused: (protocol, code, events) =>
      refused.inc({ protocol: protocolOf(protocol), code: codeOf(code) }, amount(events)),
    appended: (seconds) => appended.observe(amount(seconds)),
  };
}
