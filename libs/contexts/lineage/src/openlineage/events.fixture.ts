import type { Members } from './members.ts';
import { openLineageEventOf } from './open-lineage-event.ts';
import type { OpenLineageEvent } from './open-lineage-event.ts';

const FACET = { _producer: 'https://example.com/producer', _schemaURL: 'https://example.com/facet.json' };

export const RUN_ID = '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7';
export const RUN = `run:${RUN_ID}`;

/** An object as a facet, with producer and schema. */
export const facet = (members: object = {}) => ({ ...FACET, ...members });

export const dataset = (name: string, more: object = {}) => ({ namespace: 's3://lake', name, ...more });

/** A run event as a producer sends it. */
export const runEvent = (more: object = {}): Members => ({
  eventTime: '2026-11-24T10:00:00Z',
  eventType: 'COMPLETE',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
  run: { runId: RUN_ID },
  job: { namespace: 'ns', name: 'job' },
  ...more,
});

/** The parsed event. Throws where it is not one. */
export function observed(event: unknown, id = 'event-1'): OpenLineageEvent {
  const opened = openLineageEventOf(event, id);
  if (!opened) throw new Error(`no OpenLineage event: ${JSON.stringify(event).slice(0, 200)}`);
  return opened;
}

/** Edges as `source > target`, and the field where they have one. */
export const arrows = (
  edges: readonly { source: string; target: string; sourceField?: string; targetField?: string }[],
): string[] =>
  edges
    .map(({ source, target, sourceField = '', targetField = '' }) => {
      const from = sourceField === '' ? source : `${source}.${sourceField}`;
      return `${from} > ${targetField === '' ? target : `${target}.${targetField}`}`;
    })
    .toSorted();
