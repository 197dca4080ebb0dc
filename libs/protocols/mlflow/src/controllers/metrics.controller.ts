import { All, Controller, Get, Inject, UseFilters } from '@nestjs/common';
import { INGEST_ENDPOINT } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { metricHistory, metricSample } from '@tributary/training';
import { settled } from '../answers/projects.ts';
import { metricOf, run } from '../answers/runs.ts';
import { invalid, MlflowFault, MlflowFilter } from '../errors.ts';
import { integer, requiredString, runIdOf, strings } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import { requireAtMost } from '../requests/limits.ts';
import { nextToken, pageOf } from '../requests/page.ts';
import { LATER_PREFIXES, PREFIXES, QueryString } from './request.ts';

/** Points in a page of a history. */
const MAX_POINTS = 250_000;
const DEFAULT_POINTS = 25_000;
const MAX_SAMPLED = 2500;
const MAX_RUNS = 100;

@Controller(PREFIXES)
@UseFilters(MlflowFilter)
export class MetricsController {
  readonly #endpoint: IngestEndpoint;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
  }

  @Get('metrics/get-history')
  async history(@QueryString() query: RequestFields) {
    const { run_id } = await run(this.#endpoint, runIdOf(query));
    const key = requiredString(query, 'metric_key');
    const page = pageOf(query, MAX_POINTS, DEFAULT_POINTS);
    const rows = await this.#endpoint.engine.reader.all(metricHistory, {
      run_id,
      key,
      from_step: null,
      to_step: null,
      after: '',
      first: page.first + 1,
      skip: page.skip,
      as_of: await settled(this.#endpoint),
    });
    const metrics = rows.slice(0, page.first).map((row) => metricOf({ key, ...row }));
    return { metrics, ...nextToken(page, page.skip + rows.length) };
  }

  @Get('metrics/get-history-bulk-interval')
  async sample(@QueryString() query: RequestFields) {
    const run_ids = [...strings(query, 'run_ids'), ...strings(query, 'run_id')];
    if (run_ids.length === 0) throw invalid('run_ids is missing');
    requireAtMost('runs', run_ids.length, MAX_RUNS);
    const key = requiredString(query, 'metric_key');
    const first = integer(query, 'max_results', MAX_SAMPLED);
    if (first < 1 || first > MAX_SAMPLED) throw invalid(`max_results must be between 1 and ${MAX_SAMPLED}`);
    const as_of = await settled(this.#endpoint);
    const rows = await this.#endpoint.engine.reader.all(metricSample, {
      run_ids,
      key,
      from_step: query['start_step'] === undefined ? null : integer(query, 'start_step'),
      to_step: query['end_step'] === undefined ? null : integer(query, 'end_step'),
      first,
      as_of,
    });
    return { metrics: rows.map((row) => ({ ...metricOf({ key, ...row }), run_id: row.run_id })) };
  }

  @All(['traces', 'traces/*'])
  traces(): never {
    throw noTraces();
  }

  @All('*')
  unknown(): never {
    throw new MlflowFault('ENDPOINT_NOT_FOUND', 'this server has no such endpoint of the tracking API');
  }
}

const noTraces = (): MlflowFault =>
  new MlflowFault(
    'NOT_IMPLEMENTED',
    'this server stores no traces of MLflow; runs, metrics, artifacts and models go on being stored. Call mlflow.tracing.disable(), or send spans of training steps by OpenTelemetry to /v1/traces',
  );

/** Clients ask it what a server of a later version can do, and take an unknown endpoint for no. */
@Controller(LATER_PREFIXES)
@UseFilters(MlflowFilter)
export class LaterController {
  @All(['traces', 'traces/*'])
  traces(): never {
    throw noTraces();
  }

  @All('*')
  unknown(): never {
    throw new MlflowFault(
      'ENDPOINT_NOT_FOUND',
      'this server has no such endpoint of version 3.0 of the tracking API',
    );
  }
}
