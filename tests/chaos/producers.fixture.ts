import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@tributary/fixtures';
import { eventText } from './facts.fixture.ts';
import type { Fact } from './facts.fixture.ts';

/** What became of the producers' requests. */
export type ProducerOutcome = {
  readonly acknowledged: ReadonlySet<string>;
  /** Ids that a producer abandoned without an answer. */
  readonly unknown: ReadonlySet<string>;
  readonly requests: number;
  /** Requests that were retried with the same ids. */
  readonly retries: number;
  /** Answers by HTTP status; 0 stands for no answer. */
  readonly answers: ReadonlyMap<number, number>;
  /** Milliseconds of the slowest acknowledged request, without its retries. */
  readonly slowest: number;
};

export type Producers = {
  /** Resolves when each producer has an answer to its last request. */
  stop(): Promise<ProducerOutcome>;
  outcome(): ProducerOutcome;
};

type Options = {
  readonly url: () => string;
  readonly random: Random;
  readonly count: number;
  /** Facts of a request. */
  readonly batch: number;
  /** Milliseconds that a producer waits for an answer before it retries. */
  readonly timeout: number;
  /** Milliseconds between two requests of a producer. */
  readonly pauseMillis: number;
  /** The share of failed requests that a producer abandons instead of retrying. */
  readonly abandonShare?: number;
};

/** Starts producers of steps. Ids are numbered over all producers, steps within a run. */
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
    const status = await statusOf(options.url(), facts, options.timeout);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    const isAccepted = status === 200 || status === 201;
    if (isAccepted) counts.slowest = Math.max(counts.slowest, performance.now() - began);
    return isAccepted;
  };
  /** Whether they were acknowledged, after retries. */
  const insist = async (facts: readonly Fact[]): Promise<boolean> => {
    while (!(await post(facts))) {
      if (options.random() < (options.abandonShare ?? 0)) return false;
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
      /* An abandoned request may still arrive, and must not mix with later facts of its run. */
      if (!isKnown) [run, step] = [run + 1, 0];
      await pause(options.pauseMillis);
    }
  };
  const outcome = (): ProducerOutcome => ({ ...counts, acknowledged, unknown, answers });
  const all = Promise.all(Array.from({ length: options.count }, (_, producer) => produce(producer)));
  return {
    outcome,
    async stop() {
      isStopping = true;
      await all;
      return outcome();
    },
  };
}

export const stepFact = (id: string, runId: string, step: number): Fact => ({
  id,
  type: 'training.steps.recorded',
  data: { runId, attempt: 1, steps: [step], columns: { loss: [1], tokens: [step + 1] } },
});

/** The HTTP status of the answer; 0 after the timeout in milliseconds. */
export async function statusOf(url: string, facts: readonly Fact[], timeout: number): Promise<number> {
  try {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: facts.map((fact) => `${eventText(fact)}\n`).join(''),
      signal: AbortSignal.timeout(timeout),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

export const answersText = (answers: ReadonlyMap<number, number>): string =>
  [...answers].map(([status, count]) => `${status === 0 ? 'none' : status}×${count}`).join(' ');
