import { madeEvent } from '@tributary/capture';
import type { MadeFact } from '@tributary/capture';
import type { NewEvent } from '@tributary/event-log';
import { appendAll, redactMember, rfc3339 } from '@tributary/kernel';
import { numberAttribute } from '../decoding/attributes.ts';
import type { Attributes } from '../decoding/attributes.ts';
import type { Span, SpansOfResource } from '../decoding/spans.ts';
import type { SpanOfResource } from './refused-request.ts';
import { isTrainer, runOfResource, startedFact } from './run.ts';
import type { RunOfResource } from './run.ts';

export const OTLP_SOURCE = 'urn:tributary:otlp';

/** The metrics of a step, by column. */
export type StepValues = ReadonlyMap<string, number>;

/** What an export contains about one attempt of a run. */
type TrainedRun = RunOfResource & {
  /** The start, the checkpoints and the end. */
  readonly events: readonly NewEvent[];
  readonly steps: ReadonlyMap<number, StepValues>;
  /** The span that each step was read from. */
  readonly sourceSpans: ReadonlyMap<number, SpanOfResource>;
};

export type Training = {
  readonly runs: readonly TrainedRun[];
  /** Spans that concern no training run. */
  readonly ignored: number;
  /** Spans that contradict another one of the same export. */
  readonly contradicting: readonly SpanOfResource[];
};

type RunBuilder = RunOfResource & {
  events: NewEvent[];
  steps: Map<number, StepValues>;
  sourceSpans: Map<number, SpanOfResource>;
};

/** Steps are read from spans, because a `megatron.train_step` states its iteration and a gauge does not. */
export function trainingOf(exported: readonly SpansOfResource[]): Training {
  const runs = new Map<string, RunBuilder>();
  const contradicting: SpanOfResource[] = [];
  let ignored = 0;
  for (const { resource, spans } of exported) {
    const named = runOfResource(resource);
    const training = named ? spans.filter(isTrainingSpan) : [];
    ignored += spans.length - training.length;
    if (!named || (training.length === 0 && !isTrainer(resource))) continue;
    const run = builderOf(runs, named);
    run.events.push(eventOf(named, ['started'], startedFact(named, resource)));
    for (const span of training)
      if (!addSpan(run, { resource, span })) contradicting.push({ resource, span });
  }
  return { runs: [...runs.values()], ignored, contradicting };
}

function builderOf(runs: Map<string, RunBuilder>, named: RunOfResource): RunBuilder {
  const key = `${named.attempt} ${named.runId}`;
  const run: RunBuilder = runs.get(key) ?? { ...named, events: [], steps: new Map(), sourceSpans: new Map() };
  runs.set(key, run);
  return run;
}

const iterationOf = ({ attributes }: Span): number | undefined => {
  const iteration = numberAttribute(attributes, 'megatron.iteration');
  return iteration !== undefined && Number.isSafeInteger(iteration) && iteration >= 0 ? iteration : undefined;
};

function isTrainingSpan(span: Span): boolean {
  switch (span.name) {
    case 'megatron.pretrain':
      return true;
    case 'megatron.train_step':
      return iterationOf(span) !== undefined && columnsOf(span.attributes).size > 0;
    case 'megatron.save_checkpoint':
      return iterationOf(span) !== undefined;
    default:
      return false;
  }
}

/** False where the span contradicts an earlier one. */
function addSpan(run: RunBuilder, of: SpanOfResource): boolean {
  const { span } = of;
  const step = iterationOf(span) ?? 0;
  if (span.name === 'megatron.train_step') return addStep(run, step, of);
  if (span.name === 'megatron.save_checkpoint')
    run.events.push(eventOf(run, ['checkpoint', step], checkpointFact(run, step, span)));
  else appendAll(run.events, pretrainEvents(run, span));
  return true;
}

function addStep({ steps, sourceSpans }: RunBuilder, step: number, of: SpanOfResource): boolean {
  const values = columnsOf(of.span.attributes);
  const known = steps.get(step);
  if (known) return areEqual(known, values);
  steps.set(step, values);
  sourceSpans.set(step, of);
  return true;
}

const areEqual = (left: StepValues, right: StepValues): boolean =>
  left.size === right.size && [...left].every(([name, value]) => Object.is(right.get(name), value));

/** Columns with a name of ours. Every other number keeps the name that the trainer gave it. */
const COLUMNS = new Map([
  ['loss', 'loss'],
  ['grad_norm', 'gradNorm'],
  ['learning_rate', 'learningRate'],
]);

const MAX_COLUMNS = 64;

function columnsOf(attributes: Attributes): StepValues {
  const columns = new Map<string, number>();
  for (const [key, value] of attributes) {
    const name = /^megatron\.(\w{1,60})$/.exec(key)?.[1];
    if (name === undefined || name === 'iteration' || typeof value !== 'number') continue;
    if (columns.size < MAX_COLUMNS) columns.set(COLUMNS.get(name) ?? name, value);
  }
  return columns;
}

const checkpointFact = (run: RunOfResource, step: number, span: Span): MadeFact => ({
  type: 'training.checkpoint.saved',
  data: {
    runId: run.runId,
    attempt: run.attempt,
    step,
    checkpointId: `${run.runId}/iter_${String(step).padStart(7, '0')}`,
  },
  ...timeOf(span.end),
});

/** The first `length` characters, in which half of a surrogate pair is replaced. */
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/** The span of the whole run arrives at its end. Its attributes become parameters. */
function pretrainEvents({ runId, attempt }: RunOfResource, span: Span): NewEvent[] {
  const params = Object.fromEntries(
    [...span.attributes].map(([key, value]) => [cut(key, 250), cut(redactMember(key, String(value)), 6000)]),
  );
  const ended: MadeFact = {
    type: 'training.run.ended',
    data: { runId, attempt, status: span.failed ? 'failed' : 'completed' },
    ...timeOf(span.end),
  };
  const annotated: MadeFact = { type: 'training.run.annotated', data: { runId, params } };
  const run = { runId, attempt };
  const stated = span.attributes.size === 0 ? [] : [eventOf(run, ['params', params], annotated)];
  return [...stated, eventOf(run, ['ended'], ended)];
}

const EARLIEST = Date.UTC(2000) * 1000;

const timeOf = (micros: number): { time?: string } => (micros > EARLIEST ? { time: rfc3339(micros) } : {});

/** An attempt starts once, ends once and saves a step once, so `what` identifies the fact. */
const eventOf = ({ runId, attempt }: RunOfResource, what: readonly unknown[], fact: MadeFact): NewEvent =>
  madeEvent(OTLP_SOURCE, [runId, attempt, ...what], fact);
