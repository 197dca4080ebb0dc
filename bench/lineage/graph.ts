import type { Engine } from '@tributary/clickhouse';

/** Sources of a node, and nodes of a family: the ones that are made from each other. */
const SOURCES = 11;
const FAMILY = 25;

/** A node is in one of ten generations, and comes from the one before. */
const GENERATIONS = 10;

/** Neighbours of the two nodes that have very many. */
export const HUB = 100_000;

/** One target in so many has column lineage, which replaces the edges of one of its runs. */
const COLUMNS_EVERY = 10;

/** Blocks of an insert: few parts, so that what is measured is not the merging of many. */
const BLOCKS = 'SETTINGS min_insert_block_size_rows = 4000000, min_insert_block_size_bytes = 2000000000';

const digits = (number: string): string => `leftPad(toString(${number}), 7, '0')`;

/**
 * The name of node `index` of a generation as an expression. In the first half of a generation facts of trainers name what
 * belongs together alike; in the other half the runs of OpenLineage have UUIDs, so neighbours lie far apart in the tables.
 */
const nameOf = (generation: string, index: string, half: number): string => `multiIf(
  ${index} < ${half} AND ${generation} % 2 = 0, concat('snapshot:lake-', toString(${generation}), '/', ${digits(index)}),
  ${index} < ${half}, concat('run:train-', toString(${generation}), '/', ${digits(index)}),
  ${generation} % 2 = 0, concat('dataset:s3://lake-', toString(${generation}), '/part-', ${digits(index)}),
  concat('run:', toString(reinterpret(sipHash128(concat(toString(${generation}), '/', toString(${index}))), 'UUID'))))`;

const kindOf = (name: string): string => `substring(${name}, 1, position(${name}, ':') - 1)`;

/** Each edge of the generations: node `i` of generation `g`, its `k`-th source `j`, and their names. */
const edgesOf = (each: number): string => `
  SELECT
    1 + intDiv(intDiv(number, ${SOURCES}), ${each}) AS g,
    intDiv(number, ${SOURCES}) % ${each} AS i,
    number % ${SOURCES} AS k,
    if(i < ${each / 2},
      intDiv(i, ${FAMILY}) * ${FAMILY} + (intHash32(i) + 7 * k) % ${FAMILY},
      ${each / 2} + intHash64(number) % ${each / 2}) AS j,
    ${nameOf('(g - 1)', 'j', each / 2)} AS source,
    ${nameOf('g', 'i', each / 2)} AS target,
    i >= ${each / 2} AS observed,
    multiIf(NOT observed, '', g % 2 = 1, target, source) AS via,
    (g - 1) * ${each} + i + 1 AS position
  FROM numbers(${(GENERATIONS - 1) * each * SOURCES})`;

const EDGE_COLUMNS =
  'source, target, source_kind, target_kind, kind, multiplicity, rank, via, facet, emission, _position';
const NODE_COLUMNS = 'node, kind, name, registered, reason, _position';
const EMISSION = '2026-11-24T10:00:00.000000Z event';

/** The statements that fill the tables with about ten edges for each node, and the number of nodes of a generation. */
export function statements(nodes: number): readonly { readonly what: string; readonly sql: string }[] {
  const each = nodes / GENERATIONS;
  const edges = edgesOf(each);
  const last = nodes + 1;
  const withColumns = `observed AND g % 2 = 0 AND k = 0 AND i % ${COLUMNS_EVERY} = 0`;
  const hubRun = "'run:hub'";
  const input = `concat('dataset:s3://hub/part-', ${digits('number')})`;
  const reader = nameOf('1', `(${each / 2} + number % ${each / 2})`, each / 2);
  const edgeTable = `INSERT INTO tributary.lineage_edge_by_source (${EDGE_COLUMNS})`;
  const nodeTable = `INSERT INTO tributary.lineage_node (${NODE_COLUMNS})`;
  return [
    {
      what: 'edges',
      sql: `${edgeTable} SELECT source, target, ${kindOf('source')}, ${kindOf('target')},
        multiIf(observed, if(g % 2 = 1, 'reads', 'writes'), g % 2 = 1, 'trained_on', 'produced'),
        1, if(observed, 3, 0), via, '', '', position FROM (${edges}) ${BLOCKS}`,
    },
    {
      what: 'edges of column lineage',
      sql: `${edgeTable} SELECT ${nameOf('(g - 2)', 'j', each / 2)} AS origin, target, ${kindOf('origin')}, ${kindOf('target')},
        'columns', 1, 2, via, concat(target, '#columnLineage'), '${EMISSION}', position FROM (${edges}) WHERE ${withColumns}`,
    },
    {
      what: 'assertions of column lineage',
      sql: `INSERT INTO tributary.lineage_claim (via, facet, emission, target, rank, _position)
        SELECT via, concat(target, '#columnLineage'), '${EMISSION}', target, 2, position FROM (${edges}) WHERE ${withColumns}`,
    },
    {
      what: 'edges of nodes with very many neighbours',
      sql: `${edgeTable}
        SELECT ${input} AS source, ${hubRun} AS target, 'dataset', 'run', 'reads', 1, 3, target, '', '', ${last} FROM numbers(${HUB})
        UNION ALL
        SELECT ${hubRun}, 'dataset:s3://hub/output', 'run', 'dataset', 'writes', 1, 3, ${hubRun}, '', '', ${last}
        UNION ALL
        SELECT 'dataset:s3://hub/shared', ${reader} AS target, 'dataset', 'run', 'reads', 1, 3, target, '', '', ${last + 1} + number FROM numbers(${HUB})`,
    },
    {
      what: 'mentions of nodes',
      sql: `${nodeTable} SELECT node, ${kindOf('node')}, node, registered, if(registered = 1, '', 'not registered here'), position
        FROM (${edges}) ARRAY JOIN if(k = 0, [source, target], [source]) AS node,
          if(k = 0, [toUInt8(observed), 1], [toUInt8(observed)]) AS registered ${BLOCKS}`,
    },
    {
      what: 'mentions of nodes with very many neighbours',
      sql: `${nodeTable} SELECT node, ${kindOf('node')}, node, 1, '', position FROM
        (SELECT ${input} AS node, ${last} AS position FROM numbers(${HUB})
        UNION ALL SELECT arrayJoin(['run:hub', 'dataset:s3://hub/output', 'dataset:s3://hub/lonely']), ${last}
        UNION ALL SELECT 'dataset:s3://hub/shared', ${last + 1} + number FROM numbers(${HUB}))`,
    },
  ];
}

/** Names of nodes of a generation, spread over one of its halves. */
export async function namesIn(engine: Engine, nodes: number, some: Named): Promise<string[]> {
  const { generation, half, count } = some;
  const each = nodes / GENERATIONS;
  const offset = half === 'families' ? 0 : each / 2;
  const index = `(${offset} + intHash64(number + ${generation}) % ${each / 2})`;
  const rows = await engine.reader.all(
    {
      name: 'names',
      sql: `SELECT ${nameOf(String(generation), index, each / 2)} AS node FROM numbers(${count})`,
      params: { parse: () => ({}) },
      row: { parse: (row): { node: string } => Object(row) },
    },
    {},
  );
  return rows.map(({ node }) => node);
}

type Named = { readonly generation: number; readonly half: 'families' | 'observed'; readonly count: number };
