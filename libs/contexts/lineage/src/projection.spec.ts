import type { Fact } from '@tributary/contracts';
import { lazyJson, LongArray } from '@tributary/json';
import type { TableRows } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { lineageProjection } from './projection.ts';

const STAMP = { _position: 7, recorded_at: 1 };
const facet = { _producer: 'urn:test', _schemaURL: 'urn:test' };
const many = <Item>(of: (index: number) => Item): Item[] => Array.from({ length: 4_000 }, (_, at) => of(at));
const dataset = (name: string, facets: object = {}) => ({
  namespace: 'a namespace of its own',
  name,
  facets,
});
const named = (index: number) => dataset(`a dataset with a rather long name, number ${index}`);

/** Each list in it is longer than what is parsed as a whole. */
const event = {
  eventType: 'COMPLETE',
  eventTime: '2026-11-01T00:00:00Z',
  producer: 'urn:test',
  schemaURL: 'urn:test',
  run: {
    runId: '00000000-0000-4000-8000-000000000001',
    facets: {
      lineage: {
        ...facet,
        entries: many((index) => ({ ...named(index), type: 'DATASET', inputs: [named(0)] })),
      },
    },
  },
  job: { namespace: 'n', name: 'j', facets: {} },
  inputs: many(named),
  outputs: [
    dataset('renamed', { symlinks: { ...facet, identifiers: many(named) } }),
    dataset('made', { lineage: { ...facet, inputs: many(named) } }),
    dataset('columns', {
      columnLineage: {
        ...facet,
        fields: { one: { inputFields: many((index) => ({ ...named(index), field: `f${index}` })) } },
      },
      schema: {
        ...facet,
        fields: many((index) => ({ name: `column ${index} with a rather long name`, type: 'INT' })),
      },
    }),
  ],
};
const factOf = (observed: unknown): Fact =>
  ({ type: 'lineage.run.observed', id: 'one', data: { event: observed } }) as unknown as Fact;

type Rows = TableRows[string];

const rowsOf = (rows: Rows): readonly string[] => {
  if (!('columns' in rows)) return rows.map((row) => JSON.stringify(row));
  const columns = Object.entries(rows.columns).map(([name, column]) => {
    const values =
      typeof column === 'object' && column !== null ? Array.from(column as ArrayLike<unknown>) : [];
    return [
      name,
      values.length === rows.count ? values : Array.from({ length: rows.count }, () => column),
    ] as const;
  });
  return Array.from({ length: rows.count }, (_, at) =>
    JSON.stringify(columns.map(([name, values]) => [name, values[at]])),
  );
};

/** The rows of each table, without order. */
function rowsByTable(parts: Iterable<TableRows>): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const tables of parts)
    for (const [table, rows] of Object.entries(tables))
      all.set(table, new Set([...(all.get(table) ?? []), ...rowsOf(rows)]));
  return all;
}

it('makes the rows of an event whose lists are still text that it makes of the parsed event', () => {
  const lazy: unknown = lazyJson(Buffer.from(JSON.stringify(event)));
  expect(Object(lazy).run.facets.lineage.entries).toBeInstanceOf(LongArray);
  const whole = rowsByTable([lineageProjection.project(factOf(event), STAMP)]);
  expect(whole.get('lineage_edge_by_source')?.size).toBeGreaterThan(16_000);
  expect(rowsByTable(lineageProjection.projectInParts?.(factOf(lazy), STAMP) ?? [])).toEqual(whole);
});

it('lets others have their turn after each dataset that it has checked or read', () => {
  const lazy: unknown = lazyJson(Buffer.from(JSON.stringify(event)));
  const parts = [...(lineageProjection.projectInParts?.(factOf(lazy), STAMP) ?? [])];
  expect(parts.length).toBeGreaterThanOrEqual(2 * (event.inputs.length + event.outputs.length));
});
