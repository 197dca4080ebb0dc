import { All, Controller, Get, Inject, UseFilters } from '@nestjs/common';
import { INGEST_ENDPOINT } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { metricHistory, metricSample } from '@tributary/training';
import { settled } from '../answers/projects.ts';
import { metricOf, run } from '../answers/runs.ts';
import { invalid, MlflowFault, MlflowFilter } from '../errors.ts';
import { optionalText, requiredText, runIdOf, texts, whole } from '../requests/body.ts';
import type { Body } from '../requests/body.ts';
import { few } from '../requests/limits.ts';
import { nextToken, pageOf } from '../requests/page.ts';
import { Asked, PREFIXES } from './request.ts';

/** A history is cut into pages of at most so many points. */
const MOST_POINTS = 250_000;
const USUAL_POINTS = 25_000;
const MOST_SAMPLED = 2500;
const MOST_RUNS = 100;

@Controller(PREFIXES)
@UseFilters(MlflowFilter)
export class MetricsController {
  readonly #endpoint: IngestEndpoint;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
  }

  @Get('metrics/get-history')
  async history(@Asked() query: Body) {
    const { run_id } = await run(this.#endpoint, runIdOf(query));
    const key = requiredText(query, 'metric_key');
    const page = pageOf(query, MOST_POINTS, USUAL_POINTS);
    const rows = await this.#endpoint.engine.reader.all(metricHistory, {
      run_id,
      key,
      after: '',
      first: page.first + 1,
      skip: page.skip,
      as_of: await settled(this.#endpoint),
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
    await settled(this.#endpoint);
    const rows = await this.#endpoint.engine.reader.all(metricSample, {
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
    const { artifacts } = await run(this.#endpoint, runIdOf(query));
    optionalText(query, 'path');
    return { root_uri: artifacts, files: [] };
  }

  @All('*')
  unknown(): never {
    throw new MlflowFault('ENDPOINT_NOT_FOUND', 'this server has no such endpoint of the tracking API');
  }
}
