import type { Random } from '@tributary/fixtures';
import { MAX_INLINE_BYTES } from '@tributary/capture';
import { anEvent } from '@tributary/fixtures';
import { canonicalJson } from '@tributary/json';
import type { NewEvent } from '@tributary/event-log';
import { referring } from '../../libs/core/capture/src/stored-form.ts';

const SLICES = ['web', 'code', 'books'] as const;

/** A type of facts that the older version of the program does not have yet. */
export const NEWER_TYPE = 'evaluation.score.recorded';

/** The share of runs whose start is so long that its data is kept in a blob. */
const LONG = 1 / 40;

/** The facts of one run, in order. Numbers are whole or binary fractions, so that sums are exact in any order. */
export class RunFacts {
  readonly run: string;
  readonly #random: Random;
  #count = 0;
  #step = 1;
  /** The last step of which exposure is made. */
  #exposed = 0;

  constructor(run: string, random: Random) {
    this.run = run;
    this.#random = random;
  }

  /** The first one starts the run. */
  next(): NewEvent {
    const event = this.#made();
    return withBytes(event, JSON.parse(Buffer.from(event.bytes).toString()));
  }

  #made(): NewEvent {
    const id = `${this.run}-${(this.#count += 1)}`;
    if (this.#count === 1) return this.#started(id);
    const dice = this.#random.below(10);
    if (dice < 5 || (dice < 9 && this.#step > this.#exposed)) return this.#exposure(id);
    return dice < 9 ? this.#steps(id) : this.#score(id);
  }

  #started(id: string): NewEvent {
    const notes = this.#random() < LONG ? 'n'.repeat(MAX_INLINE_BYTES) : '';
    const design = { model: { name: 'm' }, config: { width: 64, notes }, seeds: { init: 1 } };
    return anEvent('training.run.started', id, { runId: this.run, attempt: 1, ...design });
  }

  /** What is consumed is recorded before the steps are: so the run lacks no exposure, unless the fact is lost. */
  #exposure(id: string): NewEvent {
    const firstStep = this.#exposed + 1;
    this.#exposed += 1 + this.#random.below(40);
    const slices = SLICES.slice(this.#random.below(SLICES.length));
    return anEvent('training.exposure.recorded', id, {
      runId: this.run,
      attempt: 1,
      firstStep,
      lastStep: this.#exposed,
      unit: 'token',
      method: 'measured',
      amounts: slices.map((slice) => ({ slice, amount: 1 + this.#random.below(1000) })),
    });
  }

  #steps(id: string): NewEvent {
    const most = Math.min(40, this.#exposed - this.#step + 1);
    const steps = Array.from({ length: 1 + this.#random.below(most) }, (_, index) => this.#step + index);
    this.#step += steps.length;
    const loss = steps.map(() => this.#random.below(4096) / 1024);
    const columns = { loss, tokens: steps.map(() => 1 + this.#random.below(1000)) };
    return anEvent('training.steps.recorded', id, { runId: this.run, attempt: 1, steps, columns });
  }

  #score(id: string): NewEvent {
    return anEvent(NEWER_TYPE, id, {
      runId: this.run,
      step: this.#step,
      capability: 'arithmetic',
      benchmark: 'gsm8k',
      metric: 'exact_match',
      harness: { name: 'lm-eval' },
      unit: 'items',
      higherIsBetter: true,
      method: 'measured',
      value: this.#random.below(100),
    });
  }
}

/** Long facts as their senders send them, by the bytes that the log keeps. */
const wholes = new WeakMap<Uint8Array, Buffer>();

/** A fact as its sender sends it. */
export const asSent = (event: NewEvent): NewEvent => ({
  ...event,
  bytes: wholes.get(event.bytes) ?? event.bytes,
});

/** The same id with another content. */
export function altered(event: NewEvent): NewEvent {
  const fact: Record<string, unknown> = JSON.parse(Buffer.from(asSent(event).bytes).toString());
  return withBytes(event, { ...fact, subject: 'altered' });
}

/** With the bytes that the log keeps of an accepted fact: canonical, and long data by reference. */
function withBytes(event: NewEvent, fact: Readonly<Record<string, unknown>>): NewEvent {
  const whole = Buffer.from(canonicalJson(fact));
  if (whole.length <= MAX_INLINE_BYTES) return { ...event, bytes: whole };
  const { bytes } = referring(fact);
  wholes.set(bytes, whole);
  return { ...event, bytes };
}
