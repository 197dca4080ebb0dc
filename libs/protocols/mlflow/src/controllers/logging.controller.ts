import { Controller, HttpCode, Inject, Post, UseFilters } from '@nestjs/common';
import { beyondJsonLimits, INGEST_ENDPOINT, REQUEST_LIMITS } from '@tributary/capture';
import type { IngestEndpoint, JsonLimits } from '@tributary/capture';
import { isJsonObject } from '@tributary/json';
import { requireRun } from '../answers/require-active.ts';
import { MODEL_INPUT_TAG } from '../answers/runs.ts';
import { invalid, MlflowFilter } from '../errors.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import { declareInputs, logBatch, logParams, saveModels, setTags } from '../facts/tracker.ts';
import { integer, objects, optionalString, requiredString, runIdOf } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import {
  batchOf,
  inputOf,
  LIMITS,
  paramOf,
  pointOf,
  requireAtMost,
  tagOf,
  truncated,
} from '../requests/limits.ts';
import { BodyBytes, JsonBody, under } from './request.ts';

/** What a run logs while it is running. Reads no tables. */
@Controller(under('runs'))
@UseFilters(MlflowFilter)
export class LoggingController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
  }

  @Post('log-metric')
  @HttpCode(200)
  async logMetric(@JsonBody() body: RequestFields) {
    const runId = await requireRun(this.#endpoint, runIdOf(body));
    await logBatch(this.#log, runId, { points: [pointOf(body)], params: [], tags: [] });
    return {};
  }

  @Post('log-parameter')
  @HttpCode(200)
  async logParam(@JsonBody() body: RequestFields) {
    const id = await requireRun(this.#endpoint, runIdOf(body));
    await logParams(this.#log, { kind: 'run', id }, [paramOf(body)]);
    return {};
  }

  @Post('set-tag')
  @HttpCode(200)
  async setTag(@JsonBody() body: RequestFields) {
    const id = await requireRun(this.#endpoint, runIdOf(body));
    await setTags(this.#log, { kind: 'run', id }, [tagOf(body)]);
    return {};
  }

  @Post('log-batch')
  @HttpCode(200)
  async logBatch(@JsonBody() body: RequestFields, @BodyBytes() bytes: number) {
    const batch = batchOf(body, bytes);
    const runId = await requireRun(this.#endpoint, runIdOf(body));
    await logBatch(this.#log, runId, batch);
    return {};
  }

  @Post('log-inputs')
  @HttpCode(200)
  async logInputs(@JsonBody() body: RequestFields) {
    const datasets = objects(body, 'datasets');
    requireAtMost('datasets', datasets.length, LIMITS.datasets);
    const inputs = datasets.map(inputOf);
    const models = objects(body, 'models').map((model) => requiredString(model, 'model_id'));
    const id = await requireRun(this.#endpoint, runIdOf(body));
    await declareInputs(this.#log, id, inputs);
    await setTags(
      this.#log,
      { kind: 'run', id },
      models.map((model) => ({ key: `${MODEL_INPUT_TAG}${model}`, value: 'input' })),
    );
    return {};
  }

  @Post('outputs')
  @HttpCode(200)
  async logOutputs(@JsonBody() body: RequestFields) {
    const models = objects(body, 'models').map((model) => ({
      modelId: requiredString(model, 'model_id'),
      step: Math.max(0, integer(model, 'step', 0)),
    }));
    const runId = await requireRun(this.#endpoint, runIdOf(body));
    await saveModels(this.#log, runId, models);
    return {};
  }

  /** Older clients state in this way which model a run saved. It is stored as the tag in which they expect it. */
  @Post('log-model')
  @HttpCode(200)
  async logModel(@JsonBody() body: RequestFields) {
    const text = optionalString(body, 'model_json') ?? '';
    const path = artifactPathOf(text, this.#endpoint.limits);
    const id = await requireRun(this.#endpoint, runIdOf(body));
    await setTags(this.#log, { kind: 'run', id }, [
      {
        key: truncated(`tributary.loggedModel.${path}`, LIMITS.key),
        value: truncated(text, LIMITS.tag),
      },
    ]);
    return {};
  }
}

function artifactPathOf(text: string, limits: JsonLimits | undefined): string {
  const beyond = beyondJsonLimits(Buffer.from(text), limits ?? REQUEST_LIMITS, 'model_json');
  if (beyond) throw invalid(beyond.message, beyond.met);
  const model: unknown = jsonOf(text);
  if (isJsonObject(model) && typeof model['artifact_path'] === 'string') return model['artifact_path'];
  throw invalid('model_json must be a JSON object with an artifact_path');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('model_json is no JSON');
  }
}
