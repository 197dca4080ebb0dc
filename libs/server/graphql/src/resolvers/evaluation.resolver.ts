import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { scores } from '@tributary/evaluation';
import type { LogPosition } from '@tributary/kernel';
import { runsOfExperiment } from '@tributary/training';
import { answered, freshness, incomplete } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionOf, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { freshnessOfRun, requireExperiment, requireName } from '../known.ts';
import type { Query, QueryScoreComparisonArgs, QueryScoresArgs } from '../generated/schema.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { scoreComparison } from '../scores/score-comparison.ts';
import { scoreOf } from './score-of.ts';

const PAGE = { most: 10_000, usual: 1_000 };

@Resolver()
export class EvaluationResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('scores')
  async scores(
    @Args() { run, experiment, capability, asOf, ...page }: QueryScoresArgs,
  ): Promise<Counted<NonNullable<Query['scores']>>> {
    const { reader } = this.#runtime.engine;
    const fresh = await freshness(this.#runtime, asOf);
    requireName('run', run, fresh);
    requireName('experiment', experiment, fresh);
    const first = sizeOf(page, PAGE);
    const run_ids = await this.#runsOf(experiment, run, fresh.position);
    if (experiment && run_ids.length === 0) {
      await requireExperiment(reader, fresh, experiment);
      const reason = run ? `run ${run} is not in experiment ${experiment}` : 'no runs recorded';
      return { ...EMPTY, ...(await this.#without(fresh, run, reason)) };
    }
    const params = {
      run_ids,
      capability: capability ?? null,
      benchmark: null,
      after: page.after ?? '',
      first,
    };
    const connection = await connectionOf(
      { reader, fresh },
      scores,
      { ...params, as_of: fresh.position },
      {
        node: scoreOf,
        cursor: ({ page_key }) => page_key,
        evidence: ({ evidence }) => ({ positions: [evidence] }),
      },
    );
    if (page.after || connection.nodes.length > 0) return connection;
    const isWhole = !run && !experiment && !capability;
    return {
      ...connection,
      ...(await this.#without(fresh, run, isWhole ? undefined : 'no such scores recorded')),
    };
  }

  @GraphQuery('scoreComparison')
  async scoreComparison(
    @Args() { asOf, ...asked }: QueryScoreComparisonArgs,
  ): Promise<Query['scoreComparison']> {
    return scoreComparison(this.#runtime, await freshness(this.#runtime, asOf), asked);
  }

  /** The freshness of an answer without scores, and why it has none. Throws Fault `unknown_run`. */
  async #without(fresh: Freshness, run: string | null | undefined, reason: string | undefined) {
    const known = run ? await freshnessOfRun(this.#runtime.engine.reader, fresh, run) : fresh;
    return answered(incomplete(known, reason), { positions: [] });
  }

  /** The runs of an experiment, or the one that is named; none for all runs. */
  async #runsOf(
    experiment: string | null | undefined,
    run: string | null | undefined,
    as_of: LogPosition,
  ): Promise<string[]> {
    if (!experiment) return run ? [run] : [];
    const selection = { experiment_id: experiment, run_id: run ?? null, as_of };
    const rows = await runsOfExperiment(this.#runtime.engine.reader, selection);
    return rows.map(({ run_id }) => run_id);
  }
}

const EMPTY = {
  nodes: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: () => Promise.resolve(0),
};
