import { parseEventPosition, partitionStart, positionFromText } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { trackedTags } from '@tributary/training';
import { answered, incomplete, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { consumedUpTo } from '../exposure/consumed-up-to.ts';
import { totalsOf } from '../exposure/run-exposure.ts';
import { unrecordedExposure } from '../exposure/unrecorded-steps.ts';
import { SummaryAnswer } from '../generated/schema.ts';
import type {
  OpenQuestion,
  QueryTrainingContentSummaryArgs,
  SummaryField,
  SummaryFieldName,
  SummaryStatement,
  TrainingContentSummary,
} from '../generated/schema.ts';
import { readRetractions } from '../ledger/read-retractions.ts';
import type { Runtime } from '../runtime.ts';
import { isNamed, isOpen, noFacts, sizeStatement, textFacts, textStatement } from './amount-statements.ts';
import type { FieldFacts } from './amount-statements.ts';
import { consumedContent } from './consumed-content.ts';
import type { ConsumedContent } from './consumed-content.ts';
import { FIELDS } from './fields.ts';
import type { Field } from './fields.ts';
import { dependencyFacts, mixtureFacts, modelFacts, modelOrigin, originsWithout } from './model-origin.ts';
import type { ModelOrigin } from './model-origin.ts';

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
  const origin = modelOrigin(upTo, run);
  const stated = await statedFacts(reader, origin, as_of);
  const reasons = [...upTo.lacking, ...unrecordedExposure(upTo.missing), ...originsWithout(origin, upTo)];
  const missing = [...new Set(reasons)];
  const isWhole = upTo.known.complete && missing.length === 0;
  const content = await consumedContent(reader, upTo, { retractions: retracted.retractions, isWhole, as_of });
  const facts = new Map([
    ...content.facts,
    ...stated,
    ['modelName', modelFacts(origin)] as const,
    ['size', withBudget(content.facts.get('size') ?? noFacts, origin)] as const,
    [TYPES, describedFacts(content.facts.get(TYPES) ?? noFacts, stated.get(TYPES))] as const,
    ['mixture', await mixtureFacts(reader, origin, as_of)] as const,
    [DEPENDENCIES, dependencyFacts(origin, upTo, stated.get(DEPENDENCIES)?.statements ?? [])] as const,
  ]);
  const open = FIELDS.flatMap((field) => questionTo(field, facts, content));
  const lacking = [
    ...missing,
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
    fields: FIELDS.map((field) => fieldOf(field, facts, content)),
    openQuestions: open,
  };
}

function fieldOf(field: Field, facts: Facts, content: ConsumedContent): SummaryField {
  const { name, section, title } = field;
  const { statements, statementsTotal, omitted } = facts.get(name) ?? noFacts;
  return {
    name,
    section,
    title,
    answer: answerTo(field, facts, content),
    statements,
    statementsTotal,
    omitted,
  };
}

function answerTo(field: Field, facts: Facts, content: ConsumedContent): SummaryAnswer {
  const said = facts.get(field.name) ?? noFacts;
  if (said.statements.length > 0) return isOpen(said) ? SummaryAnswer.Partly : SummaryAnswer.Answered;
  return isAsked(field, content) ? SummaryAnswer.NoFact : SummaryAnswer.NotAsked;
}

/** A field that is only asked of what was obtained in one way is not asked once it is known that nothing was. */
const isAsked = ({ onlyFor }: Field, { acquired, isAcquisitionKnown }: ConsumedContent): boolean =>
  onlyFor === undefined || acquired.has(onlyFor) || !isAcquisitionKnown;

/** The question that stays open of a field that is asked. What was obtained in a way that no fact names yet asks nothing. */
function questionTo(
  { name, section, title, answeredBy, onlyFor }: Field,
  facts: Facts,
  { acquired }: ConsumedContent,
): OpenQuestion[] {
  if (!answeredBy || (onlyFor !== undefined && !acquired.has(onlyFor))) return [];
  const said = facts.get(name) ?? noFacts;
  return isOpen(said) ? [{ field: name, section, title, unknown: said.unknown, ...answeredBy }] : [];
}

const unanswered = (open: readonly OpenQuestion[]): string[] =>
  open.length === 0 ? [] : [`${open.length === 1 ? '1 question is' : `${open.length} questions are`} open`];

const truncated = (facts: Facts): string[] =>
  [...facts].flatMap(([name, { statements, statementsTotal }]) =>
    statements.length < statementsTotal
      ? [`${statements.length} of ${statementsTotal} ${name} are listed`]
      : [],
  );

/** Positions of the facts behind statements that do not divide what was consumed, and of retractions. */
const positionsIn = (facts: Facts): number[] =>
  [...facts].flatMap(([name, { statements }]) =>
    statements.flatMap(({ share, evidence }) =>
      share === null || name === 'retractedContent'
        ? evidence.map((text) => parseEventPosition(positionFromText(text)))
        : [],
    ),
  );

const DEPENDENCIES = 'modelDependencies';
const TYPES = 'contentTypes';

/** What the tags of a run state, unless that is that it is not known, and those of the runs that it inherits from about the models that they were made from. */
async function statedFacts(
  reader: SqlReader,
  { run, runs }: ModelOrigin,
  as_of: LogPosition,
): Promise<Map<SummaryFieldName, FieldFacts>> {
  const fields = new Map(
    FIELDS.flatMap(({ name, tag }) => (tag === undefined ? [] : [[tag, name] as const])),
  );
  const asked = { owner_kind: 'run' as const, owner_ids: [...runs], keys: [...fields.keys()], as_of };
  const stated = new Map<SummaryFieldName, SummaryStatement[]>();
  for (const { owner_id, key, value, position } of await reader.all(trackedTags, asked)) {
    const name = fields.get(key);
    if (name === undefined || !isNamed(value) || (owner_id !== run && name !== DEPENDENCIES)) continue;
    stated.set(name, [...(stated.get(name) ?? []), textStatement(value, 'declared', [position])]);
  }
  return new Map([...stated].map(([name, statements]) => [name, textFacts(statements)]));
}

/** Amounts by slice beside what is stated of them: the name of a slice alone does not say of which type it is. */
const describedFacts = (amounts: FieldFacts, stated: FieldFacts = noFacts): FieldFacts => ({
  ...amounts,
  statements: [...stated.statements, ...amounts.statements],
  statementsTotal: stated.statementsTotal + amounts.statementsTotal,
  isPartial: stated.statements.length === 0,
});

/** The size beside the tokens that the run was given. */
function withBudget(size: FieldFacts, { start }: ModelOrigin): FieldFacts {
  if (!start || start.token_budget === null || size.statements.length === 0) return size;
  const { token_budget: tokens, evidence: positions } = start;
  const budget = sizeStatement('token budget of the run', {
    tokens,
    range: null,
    method: 'declared',
    positions,
  });
  const statements = [...size.statements, budget];
  return { ...size, statements, statementsTotal: statements.length };
}
