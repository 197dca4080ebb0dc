import { All, Controller, Get, Inject, UseFilters } from '@nestjs/common';
import {
  few,
  invalid,
  MlflowFault,
  optionalText,
  requiredText,
  runIdOf,
  texts,
  whole,
} from '@tributary/capture';
import type { Body } from '@tributary/capture';
import { metricHistory, metricSample } from '@tributary/training';
import type { Runtime as Spine } from '@tributary/graphql';
import { RUNTIME as SPINE } from '@tributary/graphql';
import { MlflowFilter } from './mlflow.filter.ts';
import { nextToken, pageOf } from './page.ts';
import { PREFIXES } from '@tributary/http';
import { settled } from './projects.ts';
import { Asked } from './request.ts';
import { metricOf, run } from './runs.ts';

/** A history is cut into pages of at most so many points. */
const MOST_POINTS = 250_000;
const USUAL_POINTS = 25_000;
const MOST_SAMPLED = 2500;
const MOST_RUNS = 100;

@Controller(PREFIXES)
@UseFilters(MlflowFilter)
export class MetricsController {
  readonly #spine: Spine;

  constructor(@Inject(SPINE) spine: Spine) {
    this.#spine = spine;
  }

  @Get('metrics/get-history')
  async history(@Asked() query: Body) {
    const { run_id } = await run(this.#spine, runIdOf(query));
    const key = requiredText(query, 'metric_key');
    const page = pageOf(query, MOST_POINTS, USUAL_POINTS);
    const rows = await this.#spine.engine.reader.all(metricHistory, {
      run_id,
      key,
      after: '',
      first: page.first + 1,
      skip: page.skip,
      as_of: await settled(this.#spine),
    });
    const metrics = rows.slice(0, page.first).map((row) => metricOf({ key, ...row }));
    return { metrics, ...nextToken(page, page.skip + rows.length) };
  }

  @Get('metrics/get-history-bulk-interval')
  async sample(@Asked() query: Body) {
    const run_ids = [...texts(query, 'run_ids'), ...texts(query, 'run_id')];
    if (run_ids.length === 0) throw invalid('run_ids is missing');
    few('runs', run_ids.length, MOST_RUNS);
    const key = requiredText(query, 'metric_key');
    const first = whole(query, 'max_results', MOST_SAMPLED);
    if (first < 1 || first > MOST_SAMPLED)
      throw invalid(`max_results must lie between 1 and ${MOST_SAMPLED}`);
    await settled(this.#spine);
    const rows = await this.#spine.engine.reader.all(metricSample, {
      run_ids,
      key,
      from_step: query['start_step'] === undefined ? null : whole(query, 'start_step'),
      to_step: query['end_step'] === undefined ? null : whole(query, 'end_step'),
      first,
    });
    return { metrics: rows.map((row) => ({ ...metricOf({ key, ...row }), run_id: row.run_id })) };
  }

  /** Files of a run are kept elsewhere: there are none to list. */
  @Get('artifacts/list')
  async artifacts(@Asked() query: Body) {
    const { artifacts } = await run(this.#spine, runIdOf(query));
    optionalText(query, 'path');
    return { root_uri: artifacts, files: [] };
  }

  @All('*')
  unknown(): never {
    throw new MlflowFault('ENDPOINT_NOT_FOUND', 'this server has no such endpoint of the tracking API');
  }
}
