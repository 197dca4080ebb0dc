import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataset, facet, observed, RUN_ID, runEvent } from './events.fixture.ts';
import { foldEdges, foldEvents } from './fold-events.ts';

const name = fc.constantFrom('a', 'b', 'c');
const aFacet = fc.record({ value: fc.integer() }).map(facet);
const deleted = fc.constant(facet({ _deleted: true }));

const symlinks = name.map((alias) => facet({ identifiers: [dataset(alias)] }));
const columnLineage = name.map((source) =>
  facet({ fields: { x: { inputFields: [{ ...dataset(source), field: 'y' }] } } }),
);
const sources = fc.array(
  fc.oneof(
    name.map((source) => ({ ...dataset(source), type: 'DATASET' })),
    fc.constant({ type: 'JOB' }),
  ),
  { maxLength: 2 },
);
const entries = fc.array(
  fc
    .record({ target: name, inputs: sources })
    .map(({ target, inputs }) => ({ ...dataset(target), type: 'DATASET', inputs })),
  { maxLength: 2 },
);

const optionally = { requiredKeys: [] };
const facets = fc.record(
  { schema: fc.oneof(aFacet, deleted), symlinks, columnLineage: fc.oneof(columnLineage, deleted) },
  optionally,
);
const datasets = fc.array(
  fc.record({ name, facets }).map((one) => dataset(one.name, { facets: one.facets })),
  { maxLength: 3 },
);
const jobFacets = fc.record(
  {
    sql: aFacet,
    lineage: fc.oneof(
      entries.map((list) => facet({ entries: list })),
      deleted,
    ),
  },
  optionally,
);

const event = fc.record({
  eventTime: fc.integer({ min: 0, max: 5 }).map((second) => `2026-11-24T10:00:0${second}Z`),
  eventType: fc.constantFrom('START', 'RUNNING', 'COMPLETE', 'FAIL', 'ABORT', 'OTHER', null),
  inputs: datasets,
  outputs: datasets,
  job: jobFacets.map((given) => ({ namespace: 'ns', name: 'job', facets: given })),
  run: fc.record({ nominalTime: aFacet }, optionally).map((given) => ({ runId: RUN_ID, facets: given })),
});

const history = fc.array(event, { minLength: 1, maxLength: 6 }).chain((events) => {
  const opened = events.map((one, index) => observed(runEvent(one), `event-${index}`));
  const repeated = fc
    .array(fc.constantFrom(...opened), { maxLength: 4 })
    .chain((more) => fc.shuffledSubarray([...opened, ...more], { minLength: opened.length + more.length }));
  return fc.record({ opened: fc.constant(opened), repeated });
});

it('folds the events of a run to one state, in any order and with any repetition', () => {
  fc.assert(
    fc.property(history, ({ opened, repeated }) => {
      expect(foldEvents(repeated)).toEqual(foldEvents(opened));
      expect(foldEdges(repeated)).toEqual(foldEdges(opened));
    }),
    { numRuns: 500, seed: 20_261_124 },
  );
});
