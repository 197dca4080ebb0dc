import { setTimeout as pause } from 'node:timers/promises';
import { eventText } from './facts.suite.ts';
import type { Fact } from './facts.suite.ts';
import type { Random } from './random.suite.ts';

/** What producers have seen. */
export type Seen = {
  readonly acknowledged: ReadonlySet<string>;
  /** Ids that a producer has given up without knowing what became of them. */
  readonly unknown: ReadonlySet<string>;
  readonly requests: number;
  /** Requests that were sent again with the same ids. */
  readonly retries: number;
  /** Answers by status; 0 where there was none. */
  readonly answers: ReadonlyMap<number, number>;
  /** Milliseconds that the slowest acknowledged request took by itself. */
  readonly slowest: number;
};

export type Producers = {
  /** Resolves when each of them has an answer for what it sent last. */
  stop(): Promise<Seen>;
  seen(): Seen;
};

type Options = {
  readonly url: () => string;
  readonly random: Random;
  readonly count: number;
  /** Facts of a request. */
  readonly batch: number;
  /** Milliseconds that a producer waits for an answer before it sends the same again. */
  readonly patience: number;
  /** Milliseconds between two requests of a producer. */
  readonly rest: number;
  /** The share of failed requests that a producer gives up instead of sending them again. */
  readonly givingUp?: number;
};

/** Numbers of ids are those of all producers, those of steps go up within a run. */
export function startProducers(options: Options): Producers {
  const acknowledged = new Set<string>();
  const unknown = new Set<string>();
  const answers = new Map<number, number>();
  const counts = { requests: 0, retries: 0, slowest: 0 };
  let ids = 0;
  let isStopping = false;

  const post = async (facts: readonly Fact[]): Promise<boolean> => {
    counts.requests += 1;
    const began = performance.now();
    const status = await statusOf(options.url(), facts, options.patience);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    const isTaken = status === 200 || status === 201;
    if (isTaken) counts.slowest = Math.max(counts.slowest, performance.now() - began);
    return isTaken;
  };
  /** Whether they were acknowledged in the end. */
  const insist = async (facts: readonly Fact[]): Promise<boolean> => {
    while (!(await post(facts))) {
      if (options.random() < (options.givingUp ?? 0)) return false;
      counts.retries += 1;
      await pause(100 + options.random.below(200));
    }
    return true;
  };
  const produce = async (producer: number): Promise<void> => {
    for (let run = 1, step = 0; !isStopping;) {
      const facts = Array.from({ length: options.batch }, (_, index) =>
        stepFact(`e${(ids += 1)}`, `producer-${producer}-${run}`, step + index),
      );
      step += options.batch;
      const isKnown = await insist(facts);
      for (const { id } of facts) (isKnown ? acknowledged : unknown).add(id);
      /* What may still be on its way must not come between the facts of a run whose order counts. */
      if (!isKnown) [run, step] = [run + 1, 0];
      await pause(options.rest);
    }
  };
  const seen = (): Seen => ({ ...counts, acknowledged, unknown, answers });
  const all = Promise.all(Array.from({ length: options.count }, (_, producer) => produce(producer)));
  return {
    seen,
    async stop() {
      isStopping = true;
      await all;
      return seen();
    },
  };
}

export const stepFact = (id: string, runId: string, step: number): Fact => ({
  id,
  type: 'training.steps.recorded',
  data: { runId, attempt: 1, steps: [step], columns: { loss: [1], tokens: [step + 1] } },
});

/** The status of the answer; 0 where there is none in time. */
export async function statusOf(url: string, facts: readonly Fact[], patience: number): Promise<number> {
  try {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: facts.map((fact) => `${eventText(fact)}\n`).join(''),
      signal: AbortSignal.timeout(patience),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

export const answersText = (answers: ReadonlyMap<number, number>): string =>
  [...answers].map(([status, count]) => `${status === 0 ? 'none' : status}×${count}`).join(' ');
