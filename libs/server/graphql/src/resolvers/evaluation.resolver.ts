import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { scores } from '@tributary/evaluation';
import type { LogPosition, RowOf } from '@tributary/kernel';
import { runs } from '@tributary/training';
import { freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';

const MAX_PAGE = 10_000;
const MAX_RUNS = 100_000;

type ScoresArgs = { run?: string; experiment?: string; capability?: string; first: number; asOf?: string };

@Resolver()
export class EvaluationResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('scores')
  async scores(@Args() { run, experiment, capability, first, asOf }: ScoresArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const size = Math.min(Math.max(first, 1), MAX_PAGE);
    const run_ids = await this.#runIds(run, experiment, fresh.places);
    const params = {
      run_ids,
      capability: capability ?? null,
      after: '',
      first: size + 1,
      as_of: fresh.places,
    };
    const none = experiment !== undefined && run_ids.length === 0;
    const rows = none ? [] : await this.#runtime.engine.reader.all(scores, params);
    return { ...fresh, scores: rows.slice(0, size).map(scoreOf), truncated: rows.length > size };
  }

  /** An empty list means every run. */
  async #runIds(
    run: string | undefined,
    experiment: string | undefined,
    as_of: LogPosition,
  ): Promise<string[]> {
    if (!experiment) return run ? [run] : [];
    const params = { experiment_id: experiment, run_id: run ?? null, after: '', first: MAX_RUNS, as_of };
    return (await this.#runtime.engine.reader.all(runs, params)).map(({ run_id }) => run_id);
  }
}

/** An empty text stands for what nobody said. */
const told = (text: string): string | null => text || null;

function scoreOf({ run_id, higher_is_better, evidence, ...row }: RowOf<typeof scores>) {
  return {
    ...row,
    run: run_id,
    checkpoint: told(row.checkpoint_id),
    split: told(row.split),
    metricVersion: told(row.metric_version),
    filter: told(row.filter),
    taskVersion: told(row.task_version),
    taskHash: told(row.task_hash),
    limit: row.item_limit,
    precision: told(row.precision),
    modelRef: told(row.model_ref),
    evaluatedAt: told(row.evaluated_at),
    higherIsBetter: higher_is_better,
    evidence: String(evidence),
  };
}
