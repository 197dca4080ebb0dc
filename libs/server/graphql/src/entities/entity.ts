import { rfc3339 } from '@tributary/kernel';
import type { RowOf, SqlReader } from '@tributary/kernel';
import { listRuns } from '@tributary/training';
import { evidenceOf } from '../answer.ts';
import type { Evidence, Freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { EntityKind } from '../generated/schema.ts';
import type { Entity, Pair } from '../generated/schema.ts';
import { evidenceIn } from '../lineage-answers.ts';
import { DETAILS, entities, entityEvidence, runEntities, runEvidence } from '../queries.ts';

type EntityRow = RowOf<typeof entities>;

export const kindOf = (text: string): EntityKind => valueOf(EntityKind, text, 'the kind of an entity');

/** The question for entities of a kind. */
export const entitiesNamed = (kind: EntityKind): typeof entities => (kind === 'run' ? runEntities : entities);

/** Kind and id with a colon between, as nodes of the lineage graph are named. */
export const idOf = ({ entity_kind, id }: Pick<EntityRow, 'entity_kind' | 'id'>): string =>
  `${entity_kind}:${id}`;

/** Entities of one kind with what is shown of the kind, and the positions of the facts that name them. */
export async function entitiesOf(
  reader: SqlReader,
  fresh: Freshness,
  rows: readonly EntityRow[],
): Promise<readonly NamedEntity[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const asked = { kind: first.entity_kind, ids: rows.map(({ id }) => id) };
  const [details, evidence] = await Promise.all([
    detailsOf(reader, fresh, asked),
    evidenceOfEach(reader, fresh, asked),
  ]);
  return rows.map((row) => {
    const behind = evidence.get(row.id) ?? { positions: [] };
    return { behind, entity: entityOf(row, details.get(row.id) ?? [], behind) };
  });
}

type NamedEntity = { readonly entity: Entity; readonly behind: Evidence };

const entityOf = (row: EntityRow, details: Pair[], { positions, total }: Evidence): Entity => ({
  id: idOf(row),
  kind: kindOf(row.entity_kind),
  key: row.id,
  name: row.label,
  registered: row.is_registered === 1,
  firstRecorded: timeOf(row.first_time),
  lastRecorded: timeOf(row.last_time),
  details,
  evidence: evidenceOf(positions),
  evidenceTotal: total ?? positions.length,
});

type Asked = { readonly kind: string; readonly ids: string[] };

async function evidenceOfEach(
  reader: SqlReader,
  { position: as_of }: Freshness,
  { kind, ids }: Asked,
): Promise<Map<string, Evidence>> {
  const question = kind === 'run' ? runEvidence : entityEvidence;
  const rows = await reader.all(question, { kinds: [kind], ids, as_of });
  return new Map(rows.map((row) => [row.id, evidenceIn(row)]));
}

const timeOf = (micros: number | null): string | null => (micros === null ? null : rfc3339(micros));

async function detailsOf(
  reader: SqlReader,
  { position: as_of }: Freshness,
  { kind, ids }: Asked,
): Promise<Map<string, Pair[]>> {
  if (kind === 'run') return runDetails(reader, as_of, ids);
  const query = DETAILS.get(kind);
  const rows = query ? await reader.all(query, { ids, as_of }) : [];
  return new Map(rows.map(({ id, details }) => [id, recorded(details)]));
}

async function runDetails(reader: SqlReader, as_of: Freshness['position'], run_ids: string[]) {
  const all = { experiment_id: null, run_id: null, prefix: '', after: '' };
  const runs = await listRuns(reader, { ...all, run_ids, first: run_ids.length, as_of });
  const mentioned = run_ids.map((id): [string, Pair[]] => [id, [{ key: 'status', value: 'unknown' }]]);
  return new Map([
    ...mentioned,
    ...runs.map(({ run_id, experiment_id, model, status, last_step, tokens }): [string, Pair[]] => [
      run_id,
      recorded([
        ['status', status],
        ['model', model],
        ['experiment', experiment_id],
        ['step', String(last_step ?? '')],
        ['tokens', String(tokens ?? '')],
      ]),
    ]),
  ]);
}

const recorded = (details: readonly (readonly [key: string, value: string])[]): Pair[] =>
  details.filter(([, value]) => value !== '').map(([key, value]) => ({ key, value }));
