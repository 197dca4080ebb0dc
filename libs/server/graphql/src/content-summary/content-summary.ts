import { parseEventPosition, partitionStart, positionFromText } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { currentPlan } from '@tributary/mixture';
import { knownAttempts, recordedStart, trackedTags } from '@tributary/training';
import { answered, incomplete, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { consumedUpTo } from '../exposure/consumed-up-to.ts';
import type { ConsumedUpTo } from '../exposure/consumed-up-to.ts';
import { totalsOf } from '../exposure/run-exposure.ts';
import type {
  OpenQuestion,
  QueryTrainingContentSummaryArgs,
  SummaryField,
  SummaryFieldName,
  SummaryStatement,
  TrainingContentSummary,
} from '../generated/schema.ts';
import { runRow } from '../known.ts';
import { readRetractions } from '../ledger/read-retractions.ts';
import type { Runtime } from '../runtime.ts';
import { noFacts, sizeStatement, textFacts, textStatement } from './amount-statements.ts';
import type { FieldFacts } from './amount-statements.ts';
import { consumedContent } from './consumed-content.ts';
import { FIELDS } from './fields.ts';
import type { Acquisition, Field } from './fields.ts';

type Facts = ReadonlyMap<SummaryFieldName, FieldFacts>;

/**
 * What facts say to the fields of the public summary of training content, and which of them no fact answers. Throws Fault
 * `unknown_run` or `unknown_checkpoint` where no event mentions it.
 */
export async function contentSummary(
  runtime: Runtime,
  fresh: Freshness,
  { run, checkpoint }: Omit<QueryTrainingContentSummaryArgs, 'asOf'>,
): Promise<TrainingContentSummary> {
  const { reader } = runtime.engine;
  const as_of = fresh.position;
  const upTo = await consumedUpTo(reader, fresh, { run, checkpoint, inherited: true, by: 'shard' });
  const retracted = await readRetractions(reader, {
    since: as_of.map((_, partition) => partitionStart(partition)),
    until: as_of,
    as_of,
  });
  const content = await consumedContent(reader, upTo, { retractions: retracted.retractions, as_of });
  const start = (await reader.all(recordedStart, { run_id: run, attempt: null, as_of }))[0];
  const facts = new Map([
    ...content.facts,
    ...(await statedFacts(reader, run, as_of)),
    ['modelName', modelOf(start)] as const,
    ['size', withBudget(content.facts.get('size') ?? noFacts, start)] as const,
    ['mixture', await mixtureOf(reader, fresh, run)] as const,
  ]);
  const dependencies = [
    ...(facts.get('modelDependencies')?.statements ?? []),
    ...(await parentsOf(reader, upTo, { run, as_of })),
  ];
  facts.set('modelDependencies', textFacts(dependencies));
  const open = FIELDS.flatMap((field) => questionTo(field, facts, content.acquired));
  const lacking = [
    ...upTo.lacking,
    ...content.lacking,
    ...retracted.lacks,
    ...truncated(facts),
    ...unanswered(open),
  ];
  const evidence = merged([
    { positions: upTo.positions, total: upTo.consumption.facts },
    { positions: upTo.moment.evidence },
    { positions: content.evidence },
    { positions: positionsIn(facts) },
  ]);
  return {
    ...answered(lacking.reduce<Freshness>(incomplete, upTo.known), evidence),
    run,
    checkpoint: checkpoint ?? null,
    step: upTo.consumption.facts === 0 ? null : upTo.consumption.lastStep,
    totals: totalsOf(content.groups),
    prorated: upTo.consumption.prorated,
    fields: FIELDS.map((field) => fieldOf(field, facts)),
    openQuestions: open,
  };
}

const fieldOf = ({ name, section, title }: Field, facts: Facts): SummaryField => {
  const { statements, statementsTotal, omitted } = facts.get(name) ?? noFacts;
  return { name, section, title, statements, statementsTotal, omitted };
};

/** The question that stays open of a field that is asked. */
function questionTo(
  { name, section, title, answeredBy, onlyFor }: Field,
  facts: Facts,
  acquired: ReadonlySet<Acquisition>,
): OpenQuestion[] {
  if (!answeredBy || (onlyFor !== undefined && !acquired.has(onlyFor))) return [];
  const { statements, unknown } = facts.get(name) ?? noFacts;
  if (statements.length > 0 && unknown.length === 0) return [];
  return [{ field: name, section, title, unknown, ...answeredBy }];
}

const unanswered = (open: readonly OpenQuestion[]): string[] =>
  open.length === 0 ? [] : [`${open.length === 1 ? '1 question is' : `${open.length} questions are`} open`];

const truncated = (facts: Facts): string[] =>
  [...facts].flatMap(([name, { statements, statementsTotal }]) =>
    statements.length < statementsTotal
      ? [`${statements.length} of ${statementsTotal} ${name} are listed`]
      : [],
  );

/** Positions of the facts behind statements without amounts: those with amounts rest on what was consumed. */
const positionsIn = (facts: Facts): number[] =>
  [...facts.values()].flatMap(({ statements }) =>
    statements.flatMap(({ share, evidence }) =>
      share === null ? evidence.map((text) => parseEventPosition(positionFromText(text))) : [],
    ),
  );

/** What the tags of a run state. */
async function statedFacts(
  reader: SqlReader,
  run: string,
  as_of: LogPosition,
): Promise<[SummaryFieldName, FieldFacts][]> {
  const fields = new Map(
    FIELDS.flatMap(({ name, tag }) => (tag === undefined ? [] : [[tag, name] as const])),
  );
  const asked = { owner_kind: 'run' as const, owner_ids: [run], keys: [...fields.keys()], as_of };
  return (await reader.all(trackedTags, asked)).flatMap(({ key, value, position }) => {
    const name = fields.get(key);
    if (name === undefined || value.trim() === '') return [];
    return [[name, textFacts([textStatement(value, 'declared', [position])])]];
  });
}

type Start = RowOf<typeof recordedStart>;

function modelOf(start: Start | undefined): FieldFacts {
  if (!start || start.model === '') return noFacts;
  return textFacts([textStatement(start.model, 'declared', [start.position])]);
}

function withBudget(size: FieldFacts, start: Start | undefined): FieldFacts {
  if (!start || start.token_budget === null || size.statements.length === 0) return size;
  const behind = { positions: [start.position], total: 1 };
  const budget = sizeStatement('token budget of the run', start.token_budget, { method: 'declared', behind });
  const statements = [...size.statements, budget];
  return { ...size, statements, statementsTotal: statements.length };
}

type Asked = { readonly run: string; readonly as_of: LogPosition };

/** The runs and checkpoints that the model was made from, as its starts and its checkpoint name them. */
async function parentsOf(
  reader: SqlReader,
  { moment }: ConsumedUpTo,
  { run, as_of }: Asked,
): Promise<SummaryStatement[]> {
  const parents = new Map<string, Set<number>>();
  const add = (text: string, positions: readonly number[]) => {
    const known = parents.get(text) ?? new Set();
    for (const position of positions) known.add(position);
    parents.set(text, known);
  };
  for (const attempt of await knownAttempts(reader, [run], as_of)) {
    const positions = attempt.recorded === null ? [] : [attempt.recorded];
    if (attempt.forked_run_id !== '')
      add(`run ${attempt.forked_run_id}, step ${attempt.forked_step ?? 0}`, positions);
    if (attempt.parent_checkpoint_id !== '') add(`checkpoint ${attempt.parent_checkpoint_id}`, positions);
  }
  for (const parent of moment.parents) add(`checkpoint ${parent}`, moment.evidence);
  return [...parents].map(([text, positions]) => textStatement(text, 'declared', [...positions]));
}

/** The mixture that a run was started with, and its newest decision. */
async function mixtureOf(reader: SqlReader, fresh: Freshness, run: string): Promise<FieldFacts> {
  const row = await runRow(reader, fresh, run);
  if (!row?.mixture_id) return noFacts;
  const [plan] = await reader.all(currentPlan, { mixture_id: row.mixture_id, as_of: fresh.position });
  if (!plan) return noFacts;
  const text = `${plan.mixture_id}, decided by ${plan.decided_by}: ${plan.rationale}`;
  return textFacts([textStatement(text, 'declared', plan.evidence)]);
}
