import { canonicalJson } from '@tributary/json';
import type { FactCatalogue } from '@tributary/contracts';
import { truncateName } from '../facts/text.ts';
import { directionOf, splitMetric } from '../facts/metric.ts';
import type { Direction } from '../facts/metric.ts';
import { isStep } from '../run-history/point.ts';
import { cellOf, countOf } from './cell.ts';
import { originOf } from './file-context.ts';
import type { FileContext, RunRow } from './file-context.ts';
import type { Role } from './map.ts';
import { UNCOMPARED } from './shared-runs.ts';

type Score = FactCatalogue['evaluation.score.recorded'];

/** What a file may hold: each score is compared with those before it. */
const MAX_SCORES = 1_000_000;

const COUNTS = ['tokens', 'items', 'shots'] as const;

const DIRECTIONS = new Map([
  ...['higher', 'higher_is_better', 'up', 'max', 'maximize', 'maximise', 'true', '1'].map(
    (word) => [word, true] as const,
  ),
  ...['lower', 'lower_is_better', 'down', 'min', 'minimize', 'minimise', 'false', '0'].map(
    (word) => [word, false] as const,
  ),
]);

/** Records scores. A second value for the same score is refused, and the first one is kept. */
export class ScoreRows {
  readonly #context: FileContext;
  readonly #seen = new Map<string, { readonly value: number; readonly at: number }>();
  #unnamed = 0;

  constructor(context: FileContext) {
    this.#context = context;
  }

  add(run: RunRow): void {
    const { values, map, refusals } = this.#context;
    const long = values.has('benchmark')
      ? [{ name: values.text(run.row, 'benchmark'), text: values.text(run.row, 'score') }]
      : [];
    for (const { name, text } of [...long, ...values.wide(run.row, 'benchmarks')]) {
      const cell = cellOf(text, map.numbers);
      const column = values.has('score') ? values.column('score') : name;
      if (cell.kind === 'empty' && !values.has('score')) continue;
      if (cell.kind !== 'number' || !Number.isFinite(cell.value)) {
        refusals.refuse(
          run.row.at,
          column,
          cell.kind === 'other' ? cell.reason : `the score is ${text === '' ? 'empty' : text}`,
        );
        continue;
      }
      const score = this.#scoreOf(run, name, cell);
      if (typeof score === 'string') refusals.refuse(run.row.at, name, score);
      else this.#add(run, score);
    }
  }

  finish(): void {
    const { collector, path } = this.#context;
    if (this.#unnamed > 0)
      collector.findings.warn(
        'harness_unknown',
        `${path} does not name the evaluation harness`,
        this.#unnamed,
      );
  }

  /** The score, or the reason why the row holds none. */
  #scoreOf(
    { row, runId, step }: RunRow,
    label: string,
    cell: { value: number; unit: string },
  ): Score | string {
    const { values } = this.#context;
    const { name, metric } = values.has('metric')
      ? { name: label, metric: values.text(row, 'metric') }
      : splitMetric(label);
    if (name === '' || metric === '') return `the score has no ${name === '' ? 'benchmark' : 'metric'}`;
    const counts = this.#countsOf({ row });
    if (typeof counts === 'string') return counts;
    const direction = this.#directionOf(row, metric);
    if (typeof direction === 'string') return direction;
    const benchmark = truncateName(name, 256);
    return {
      runId,
      ...(isStep(step) && { step }),
      ...counts,
      capability: benchmark,
      benchmark,
      ...this.#named(row, 'split'),
      metric: truncateName(metric, 256),
      harness: { name: this.#harnessOf(row) },
      value: cell.value,
      ...this.#stderrOf(row),
      unit: values.name(row, 'unit') || cell.unit || direction.unit.slice(0, 256),
      higherIsBetter: direction.higherIsBetter,
      method: 'reported',
    };
  }

  #directionOf(row: RunRow['row'], metric: string): Direction | string {
    const { values, collector, path } = this.#context;
    const declared = values.text(row, 'direction').toLowerCase();
    const direction = DIRECTIONS.get(declared);
    if (declared !== '' && direction === undefined)
      return `${declared.slice(0, 40)} is no direction: higher or lower`;
    return directionOf(metric, direction, collector.findings, path);
  }

  #harnessOf(row: RunRow['row']): string {
    const harness = this.#context.values.name(row, 'harness');
    if (harness === '') this.#unnamed += 1;
    return harness || 'unknown';
  }

  #stderrOf(row: RunRow['row']): Pick<Score, 'stderr'> {
    const cell = cellOf(this.#context.values.text(row, 'stderr'), this.#context.map.numbers);
    return cell.kind === 'number' && cell.value >= 0 && Number.isFinite(cell.value)
      ? { stderr: cell.value }
      : {};
  }

  #named(row: RunRow['row'], role: Role & keyof Score): Partial<Score> {
    const name = this.#context.values.name(row, role);
    return name === '' ? {} : { [role]: name };
  }

  /** The counts of a row, or the reason why one of them is none. */
  #countsOf({ row }: Pick<RunRow, 'row'>): Partial<Score> | string {
    const { values, map } = this.#context;
    const counts: Partial<Record<(typeof COUNTS)[number], number>> = {};
    for (const role of COUNTS) {
      const text = values.text(row, role);
      if (cellOf(text, map.numbers).kind === 'empty') continue;
      const count = countOf(text, map.numbers);
      if (count === undefined || (role === 'items' && count === 0))
        return `${values.column(role)}: "${text.slice(0, 40)}" is not a count`;
      counts[role] = count;
    }
    return counts;
  }

  #add({ row, attempt }: RunRow, score: Score): void {
    const { refusals, collector, shared } = this.#context;
    const { runId, benchmark, metric } = score;
    const identity = canonicalJson([
      runId,
      score.step ?? null,
      score.tokens ?? null,
      score.shots ?? null,
      score.split ?? null,
      benchmark,
      metric,
    ]);
    const again = (before: { value: number; where: string }) =>
      before.value === score.value
        ? `it repeats the score of ${before.where}`
        : `${benchmark} of ${runId} has another value, ${score.value}: ${before.where} gives ${before.value}, which was kept`;
    const before = this.#seen.get(identity);
    if (before !== undefined)
      return refusals.refuse(row.at, metric, again({ value: before.value, where: refusals.at(before.at) }));
    if (this.#seen.size >= MAX_SCORES)
      return refusals.refuse(row.at, metric, `the file has more than ${MAX_SCORES} scores: split it`);
    const compared = shared.compare({ runId }, identity, { value: score.value, at: row.at, rows: refusals });
    if (compared.is === 'uncompared') return refusals.refuse(row.at, metric, UNCOMPARED);
    if (compared.is !== 'new') return refusals.refuse(row.at, metric, again(compared.before));
    this.#seen.set(identity, { value: score.value, at: row.at });
    collector.add(originOf(this.#context, row.at), `${attempt} ${identity}`, {
      type: 'evaluation.score.recorded',
      data: score,
    });
    return undefined;
  }
}
