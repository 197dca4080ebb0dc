import { truncateName } from '../facts/text.ts';
import { columnNames } from '../run-history/well-known.ts';
import { isStep } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import { recordMetrics, recordSteps, stepColumns } from '../run-history/record-points.ts';
import { cellOf, timeOf } from './cell.ts';
import { pointSource } from './file-context.ts';
import type { FileContext, RunRow } from './file-context.ts';
import type { MetricCell } from './row-values.ts';
import { UNCOMPARED } from './shared-runs.ts';

/** Rows of a fact. */
const STEPS_A_FACT = 1024;
const POINTS_A_FACT = 1000;
const MAX_KEY = 512;

/** With more values in memory, the finished steps of all runs are recorded. */
const MAX_OPEN_VALUES = 1_000_000;

type OpenStep = Map<
  string,
  { readonly value: number; readonly at: number; readonly time: number | undefined }
>;

/** Steps of one attempt that are not recorded yet, and points that no step can hold. */
type OpenAttempt = {
  readonly runId: string;
  readonly attempt: number;
  readonly steps: Map<number, OpenStep>;
  readonly loose: Point[];
};

/**
 * Records the metrics of rows. Where the steps of a run ascend, they are recorded as soon as there are enough for a fact;
 * otherwise all are held until the end. A second value of a step is refused, and the first one is kept.
 */
export class StepRows {
  readonly #context: FileContext;
  readonly #open = new Map<string, OpenAttempt>();
  readonly #ascends: (runId: string) => boolean;
  readonly #tokens: string;
  #names: Map<string, string> | undefined;
  #keys = new Set<string>();
  #values = 0;
  #repeated = { count: 0, first: 0 };
  #texts = { count: 0, example: '' };
  #unstepped = { count: 0, first: 0 };
  /** Values that differ from those of another file. */
  #differing = { count: 0, first: 0 };

  /** `tokensIncrease`: the column of tokens is a running total and not the tokens of a step. */
  constructor(context: FileContext, ascends: (runId: string) => boolean, tokensIncrease: boolean) {
    this.#context = context;
    this.#ascends = ascends;
    this.#tokens = tokensIncrease ? 'tokens (total)' : 'tokens';
    const { metrics } = context.map;
    /* Names do not depend on which of them a part of a file has. */
    for (const name of metrics === 'all' || metrics === undefined ? [] : metrics.keys()) this.#keys.add(name);
  }

  add(run: RunRow): void {
    const { values } = this.#context;
    const { cells, texts } = values.metrics(run.row);
    if (texts.length > 0) this.#noteTexts(run, texts);
    const time = timeOfRow(this.#context, run);
    for (const cell of cells) this.#addCell(run, cell, time);
    const tokens = values.text(run.row, 'tokens');
    if (tokens !== '') this.#addCell(run, { name: this.#tokens, text: tokens }, time);
    const open = this.#open.get(keyOf(run));
    if (!open) return;
    if (this.#ascends(run.runId) && open.steps.size > STEPS_A_FACT) this.#recordSteps(open, STEPS_A_FACT);
    if (open.loose.length >= POINTS_A_FACT) this.#recordLoose(open);
    if (this.#values > MAX_OPEN_VALUES) this.#recordFinished();
  }

  /** Records what is left, and reports what was odd. */
  finish(): void {
    const { collector, path, refusals } = this.#context;
    for (const open of this.#open.values()) {
      if (open.steps.size > 0) this.#recordSteps(open, open.steps.size);
      if (open.loose.length > 0) this.#recordLoose(open);
    }
    const { findings } = collector;
    const warn = (code: string, { count, first }: { count: number; first: number }) => {
      if (count > 0) findings.warn(code, refusals.at(first), count);
    };
    warn('point_repeated', this.#repeated);
    warn('step_missing', this.#unstepped);
    if (this.#differing.count > 0)
      findings.warn(
        'files_differ',
        `${refusals.at(this.#differing.first)}: where the files are starts of one job, say which with attempt or restart`,
        this.#differing.count,
      );
    if (this.#texts.count > 0) findings.warn('value_is_no_number', this.#texts.example, this.#texts.count);
    if (this.#tokens !== 'tokens')
      findings.warn(
        'tokens_are_a_total',
        `${path}: tokens increase at every step, so they are a running total`,
      );
  }

  /** Records all steps but the current one of each run whose steps ascend. */
  #recordFinished(): void {
    this.#values = 0;
    for (const open of this.#open.values())
      if (this.#ascends(open.runId) && open.steps.size > 1) this.#recordSteps(open, open.steps.size - 1);
  }

  #addCell(run: RunRow, { name, text }: MetricCell, time: number | undefined): void {
    const { map, refusals } = this.#context;
    const at = run.row.at;
    const cell = cellOf(text, map.numbers);
    if (cell.kind === 'empty') return;
    if (name === '') return refusals.refuse(at, 'metric', 'the value has no metric');
    if (cell.kind === 'other') return refusals.refuse(at, name, cell.reason);
    const unit = cell.unit || this.#unitOf(run, name);
    const key = truncateName(unit === '' ? name : `${name} (${unit})`, MAX_KEY);
    this.#keys.add(key);
    const open = this.#attemptOf(run);
    if (!isStep(run.step)) {
      if (this.#unstepped.count === 0) this.#unstepped.first = at;
      this.#unstepped.count += 1;
      open.loose.push({ key, step: run.step, value: cell.value, time, at });
      return undefined;
    }
    return this.#addValue(open, run.step, key, { value: cell.value, at, time });
  }

  // oxlint-disable-next-line max-params -- a value and where it goes
  #addValue(
    open: OpenAttempt,
    step: number,
    key: string,
    value: { value: number; at: number; time: number | undefined },
  ): void {
    const cells: OpenStep = open.steps.get(step) ?? new Map();
    open.steps.set(step, cells);
    const before = cells.get(key);
    this.#values += 1;
    if (before === undefined) {
      if (this.#isNew(open, step, key, value)) cells.set(key, value);
    } else if (Object.is(before.value, value.value)) this.#noteRepeated(value.at);
    else {
      const where = this.#context.refusals.at(before.at);
      this.#refuse(open, step, key, { ...value, before: { value: before.value, where } });
    }
  }

  /** Whether no other file gives a value of a step. */
  // oxlint-disable-next-line max-params -- a value and where it goes
  #isNew(
    open: OpenAttempt,
    step: number,
    key: string,
    { value, at }: { value: number; at: number },
  ): boolean {
    const { refusals, shared } = this.#context;
    const what = `${open.attempt} ${step} ${key}`;
    const compared = shared.compare(open, what, { value, at, rows: refusals });
    if (compared.is === 'same') this.#noteRepeated(at);
    else if (compared.is === 'uncompared') refusals.refuse(at, key, UNCOMPARED);
    else if (compared.is === 'different') {
      if (this.#differing.count === 0) this.#differing.first = at;
      this.#differing.count += 1;
      this.#refuse(open, step, key, { value, at, before: compared.before });
    }
    return compared.is === 'new';
  }

  #noteRepeated(at: number): void {
    if (this.#repeated.count === 0) this.#repeated.first = at;
    this.#repeated.count += 1;
  }

  /** Refuses a second value of a step. */
  // oxlint-disable-next-line max-params -- a value and where it stood
  #refuse(
    { runId }: OpenAttempt,
    step: number,
    key: string,
    { value, at, before }: { value: number; at: number; before: { value: number; where: string } },
  ): void {
    const kept = `${before.where} gives ${before.value}, which was kept`;
    this.#context.refusals.refuse(at, key, `step ${step} of ${runId} has another value, ${value}: ${kept}`);
  }

  /** The declared unit of a metric that has no well-known name, whose unit is known. */
  #unitOf({ row }: RunRow, name: string): string {
    const unit = this.#context.values.text(row, 'unit');
    return unit === '' || columnNames([name]).get(name) !== name || name === this.#tokens ? '' : unit;
  }

  #attemptOf(run: RunRow): OpenAttempt {
    const key = keyOf(run);
    const open = this.#open.get(key) ?? {
      runId: run.runId,
      attempt: run.attempt,
      steps: new Map(),
      loose: [],
    };
    this.#open.set(key, open);
    return open;
  }

  #noteTexts({ row }: RunRow, texts: readonly string[]): void {
    if (this.#texts.count === 0)
      this.#texts.example = `${this.#context.refusals.at(row.at)} ${texts[0] ?? ''}`;
    this.#texts.count += texts.length;
  }

  #recordSteps(open: OpenAttempt, count: number): void {
    const steps = [...open.steps.keys()].toSorted((left, right) => left - right).slice(0, count);
    const points = steps.flatMap((step) => {
      const cells = [...(open.steps.get(step) ?? [])].toSorted(([left], [right]) => (left < right ? -1 : 1));
      open.steps.delete(step);
      return cells.map(([key, { value, at, time }]): Point => ({ key, step, value, at, time }));
    });
    const columns = this.#columnsOf(open);
    const source = pointSource(this.#context);
    const { collector, path, shared } = this.#context;
    const inColumns = new Set(
      points.filter(
        ({ key, step }) => columns.has(key) && isStep(step) && shared.recordsStep(open, step, path),
      ),
    );
    if (inColumns.size > 0) recordSteps(collector, source, nameOf(open), columns, [...inColumns]);
    const others = points.filter((point) => !inColumns.has(point));
    recordMetrics(collector, source, nameOf(open), others);
  }

  /**
   * The keys that are columns of the steps of an attempt. Of files with one metric each only the loss is one, so that it
   * does not matter which of them are imported together.
   */
  #columnsOf(open: OpenAttempt): Map<string, string> {
    const { isOfOneMetric, shared } = this.#context;
    const columns = [...stepColumns(this.#namesOf())].filter(
      ([key, name]) => (!isOfOneMetric || name === 'loss') && shared.fillsColumn(open, name, key),
    );
    return new Map(columns);
  }

  #recordLoose(open: OpenAttempt): void {
    recordMetrics(this.#context.collector, pointSource(this.#context), nameOf(open), open.loose.splice(0));
  }

  /** The column of each key. Keys that come after the first fact keep their own name. */
  #namesOf(): ReadonlyMap<string, string> {
    const names = (this.#names ??= columnNames([...this.#keys].toSorted()));
    const taken = new Set(names.values());
    for (const key of this.#keys) {
      if (names.has(key)) continue;
      names.set(key, taken.has(key) ? `${key} (source)` : key);
    }
    return names;
  }
}

const keyOf = ({ runId, attempt }: RunRow): string => `${attempt}#${runId}`;
const nameOf = ({ runId, attempt }: OpenAttempt) => ({ runId, attempt });

function timeOfRow({ values }: FileContext, { row }: RunRow): number | undefined {
  return values.has('time') ? timeOf(values.text(row, 'time')) : undefined;
}
