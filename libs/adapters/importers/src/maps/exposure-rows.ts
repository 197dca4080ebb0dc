import { sliceName } from '../facts/slice-names.ts';
import { requireNonEmpty } from '../facts/chunks.ts';
import { cellOf, countOf } from './cell.ts';
import { originOf } from './file-context.ts';
import type { FileContext, RunRow } from './file-context.ts';
import { UNCOMPARED } from './shared-runs.ts';

type Unit = 'token' | 'byte' | 'share';
const UNITS = new Map<string, Unit>([
  ['', 'token'],
  ['token', 'token'],
  ['tokens', 'token'],
  ['byte', 'byte'],
  ['bytes', 'byte'],
  ['share', 'share'],
  ['shares', 'share'],
]);

type Amount = { readonly slice: string; readonly shardId?: string; readonly amount: number };

/** Amounts of one range of steps that are not recorded yet. */
type OpenRange = {
  readonly run: Pick<RunRow, 'runId' | 'attempt'>;
  readonly firstStep: number;
  readonly lastStep: number;
  readonly unit: Unit;
  readonly tokenizer: string;
  readonly first: number;
  last: number;
  readonly amounts: Map<string, { readonly amount: Amount; readonly at: number; readonly label: string }>;
};

const AMOUNTS_A_FACT = 5000;

/**
 * Records amounts by slice and shard. The rows of one range of steps become one fact. A second amount for the same slice
 * and shard of a range is refused: amounts are never added up, because a repeated row would count twice.
 */
export class ExposureRows {
  readonly #context: FileContext;
  readonly #ascends: (runId: string) => boolean;
  readonly #open = new Map<string, Map<string, OpenRange>>();

  /** Whether the amounts of each slice and shard of a run have grown so far. */
  readonly #series = new Map<string, { amounts: number; last: number; grows: boolean }>();

  constructor(context: FileContext, ascends: (runId: string) => boolean) {
    this.#context = context;
    this.#ascends = ascends;
  }

  add(run: RunRow): void {
    const range = this.#rangeOf(run);
    if (range === undefined) return;
    const { values, refusals } = this.#context;
    for (const { name, text } of this.#cells(run)) {
      const cell = cellOf(text, this.#context.map.numbers);
      if (cell.kind === 'empty') continue;
      const column = values.has('tokens') ? values.column('tokens') : name;
      const reason = reasonAgainst(name, cell);
      if (cell.kind !== 'number' || reason !== undefined) {
        refusals.refuse(run.row.at, column, cell.kind === 'other' ? cell.reason : (reason ?? ''));
        continue;
      }
      const shardId = values.name(run.row, 'shard');
      const amount = { slice: sliceName(name), ...(shardId !== '' && { shardId }), amount: cell.value };
      this.#addAmount(range, { amount, at: run.row.at, label: name });
    }
  }

  finish(): void {
    const series = [...this.#series.values()];
    if (series.length > 0 && series.every(({ amounts, grows }) => amounts > 2 && grows)) {
      const example = `${this.#context.path}: the amounts of each slice increase at every step; a running total would count too much`;
      this.#context.collector.findings.warn('amounts_may_be_totals', example);
    }
    for (const ranges of this.#open.values()) for (const range of ranges.values()) this.#record(range);
  }

  #cells({ row }: RunRow) {
    const { values } = this.#context;
    const long = values.has('slice')
      ? [{ name: values.text(row, 'slice'), text: values.text(row, 'tokens') }]
      : [];
    return [...long, ...values.wide(row, 'slices')];
  }

  /** The range of steps that a row belongs to. Ranges before it are recorded where the steps of the run ascend. */
  #rangeOf(run: RunRow): OpenRange | undefined {
    const { values, refusals, map } = this.#context;
    const { row } = run;
    const [from, to] = values.has('first_step')
      ? (['first_step', 'last_step'] as const)
      : (['step', 'step'] as const);
    const [firstStep, lastStep] = [from, to].map((role) => countOf(values.text(row, role), map.numbers));
    if (firstStep === undefined || lastStep === undefined || lastStep < firstStep) {
      const shown = `${values.text(row, from)} to ${values.text(row, to)}`.slice(0, 60);
      refusals.refuse(row.at, values.column(to), `${shown} is no range of whole steps`);
      return undefined;
    }
    const unit = UNITS.get(values.text(row, 'unit').toLowerCase());
    if (unit === undefined) {
      refusals.refuse(
        row.at,
        values.column('unit'),
        `${values.text(row, 'unit').slice(0, 40)} is none of token, byte, share`,
      );
      return undefined;
    }
    const tokenizer = values.name(row, 'tokenizer');
    const key = `${run.attempt} ${firstStep} ${lastStep} ${unit} ${tokenizer}`;
    const ranges = this.#rangesOf(run, key);
    const range: OpenRange = ranges.get(key) ?? {
      run: { runId: run.runId, attempt: run.attempt },
      firstStep,
      lastStep,
      unit,
      tokenizer,
      first: row.at,
      last: row.at,
      amounts: new Map(),
    };
    ranges.set(key, range);
    range.last = row.at;
    return range;
  }

  #rangesOf(run: RunRow, key: string): Map<string, OpenRange> {
    const ranges = this.#open.get(run.runId) ?? new Map<string, OpenRange>();
    this.#open.set(run.runId, ranges);
    if (ranges.has(key) || !this.#ascends(run.runId)) return ranges;
    const start = this.#startOf(run);
    for (const [other, range] of ranges) {
      if (range.firstStep >= start || range.run.attempt !== run.attempt) continue;
      this.#record(range);
      ranges.delete(other);
    }
    return ranges;
  }

  #startOf({ row }: RunRow): number {
    const { values, map } = this.#context;
    return countOf(values.text(row, values.has('first_step') ? 'first_step' : 'step'), map.numbers) ?? 0;
  }

  #addAmount(range: OpenRange, listed: { amount: Amount; at: number; label: string }): void {
    const { slice, shardId, amount } = listed.amount;
    const key = `${slice} ${shardId ?? ''}`;
    const before = range.amounts.get(key);
    const { refusals, shared } = this.#context;
    const { run, firstStep, lastStep, unit, tokenizer } = range;
    const where = `${slice}${shardId === undefined ? '' : ` in ${shardId}`} of ${run.runId} from step ${firstStep} to ${lastStep}`;
    const refuse = (kept: string) =>
      refusals.refuse(listed.at, 'slice', `${where} has a second amount, ${amount}: ${kept}, which was kept`);
    if (before !== undefined) {
      const label = before.label === listed.label ? '' : ` for ${before.label}`;
      return refuse(`${refusals.at(before.at)} gives ${before.amount.amount}${label}`);
    }
    const what = JSON.stringify([run.attempt, firstStep, lastStep, unit, tokenizer, slice, shardId]);
    const compared = shared.compare(run, what, { value: amount, at: listed.at, rows: refusals });
    if (compared.is === 'uncompared') return refusals.refuse(listed.at, 'slice', UNCOMPARED);
    if (compared.is !== 'new') return refuse(`${compared.before.where} gives ${compared.before.value}`);
    range.amounts.set(key, listed);
    this.#noteGrowth(`${run.runId} ${key}`, amount);
    return undefined;
  }

  #noteGrowth(key: string, amount: number): void {
    const known = this.#series.get(key);
    if (known === undefined) this.#series.set(key, { amounts: 1, last: amount, grows: true });
    else {
      known.grows &&= amount > known.last;
      known.amounts += 1;
      known.last = amount;
    }
  }

  #record({ run, firstStep, lastStep, unit, tokenizer, first, last, amounts }: OpenRange): void {
    const listed = [...amounts.values()]
      .map(({ amount }) => amount)
      .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
    const span = first === last ? `${first}` : `${first}-${last}`;
    const origin = {
      ...originOf(this.#context, first),
      pointer: `${this.#context.unit}${first === last ? '' : 's'}:${span}`,
    };
    for (let from = 0; from < listed.length; from += AMOUNTS_A_FACT) {
      this.#context.collector.add(
        origin,
        `${run.runId}#${run.attempt} ${firstStep}-${lastStep} ${unit} ${from}`,
        {
          type: 'training.exposure.recorded',
          data: {
            ...run,
            firstStep,
            lastStep,
            unit,
            method: 'reported',
            ...(tokenizer !== '' && { tokenizer }),
            amounts: requireNonEmpty(listed.slice(from, from + AMOUNTS_A_FACT)),
          },
        },
      );
    }
  }
}

const keyOf = ({ slice, shardId }: Amount): string => `${slice} ${shardId ?? ''}`;

function reasonAgainst(slice: string, cell: ReturnType<typeof cellOf>): string | undefined {
  if (slice === '') return 'the amount has no slice';
  if (cell.kind !== 'number') return undefined;
  if (cell.unit !== '')
    return `"${cell.value} ${cell.unit}" has a unit: an amount is a plain number of tokens`;
  if (cell.value > Number.MAX_SAFE_INTEGER)
    return `${cell.value} is more than 2^53 - 1, up to which an amount is counted exactly`;
  return cell.value >= 0 ? undefined : `${cell.value} is no amount`;
}
