import { randomUUID } from 'node:crypto';
import { Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { INGEST_ENDPOINT } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { matches, sorted } from '@tributary/training';
import { loggedModelOf, modelCandidate, modelOf, modelsOf } from '../answers/models.ts';
import { requireProject } from '../answers/require-active.ts';
import { MlflowFilter } from '../errors.ts';
import type { Owner } from '../facts/drafts.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import { createModel, finishModel, logParams, removeTag, setLifecycle, setTags } from '../facts/tracker.ts';
import { objects, optionalString, requiredString, strings } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import { modelStatusOf } from '../requests/labels.ts';
import { newest, paramOf, tagOf } from '../requests/limits.ts';
import { nextToken, pageOf } from '../requests/page.ts';
import { conditionsOf, ordersFor } from '../requests/search.ts';
import { JsonBody, QueryString, under } from './request.ts';

@Controller(under('logged-models'))
@UseFilters(MlflowFilter)
export class ModelsController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
  }

  @Post()
  @HttpCode(200)
  async create(@JsonBody() body: RequestFields) {
    const projectId = optionalString(body, 'experiment_id') || '0';
    await requireProject(this.#endpoint, projectId);
    const modelId = `m-${randomUUID().replaceAll('-', '')}`;
    await createModel(this.#log, {
      modelId,
      projectId,
      runId: optionalString(body, 'source_run_id') ?? '',
      name: optionalString(body, 'name') || modelId,
      modelType: optionalString(body, 'model_type') ?? '',
      params: objects(body, 'params').map(paramOf),
      tags: newest(objects(body, 'tags').map(tagOf)),
    });
    return this.#shown(modelId);
  }

  @Post('search')
  @HttpCode(200)
  async search(@JsonBody() body: RequestFields) {
    const conditions = conditionsOf(this.#endpoint, optionalString(body, 'filter'));
    const given = objects(body, 'order_by').map(orderText);
    const orders = ordersFor(this.#endpoint, given, ['creation_timestamp DESC', 'model_id']);
    const page = pageOf(body, 1000, 100);
    const project_ids = strings(body, 'experiment_ids');
    const known = project_ids.length === 0 ? [] : await modelsOf(this.#endpoint, { project_ids });
    const found = known
      .filter(({ retired }) => !retired)
      .map(modelCandidate)
      .filter((candidate) => matches(candidate, conditions));
    const models = sorted(found, orders)
      .slice(page.skip, page.skip + page.first)
      .map(({ model }) => loggedModelOf(model));
    return { models, ...nextToken(page, found.length) };
  }

  @Get(':model')
  async get(@Param('model') id: string, @QueryString() query: RequestFields) {
    return { model: loggedModelOf(await modelOf(this.#endpoint, id, query['allow_deleted'] === 'true')) };
  }

  @Patch(':model')
  async finish(@Param('model') id: string, @JsonBody() body: RequestFields) {
    await modelOf(this.#endpoint, id);
    await finishModel(this.#log, id, modelStatusOf(body['status']));
    return this.#shown(id);
  }

  @Delete(':model')
  async delete(@Param('model') id: string) {
    await setLifecycle(this.#log, await this.#owner(id), true, false);
    return {};
  }

  @Post(':model/params')
  @HttpCode(200)
  async logParams(@Param('model') id: string, @JsonBody() body: RequestFields) {
    await logParams(this.#log, await this.#owner(id), objects(body, 'params').map(paramOf));
    return {};
  }

  @Patch(':model/tags')
  async setTags(@Param('model') id: string, @JsonBody() body: RequestFields) {
    const { tags } = await modelOf(this.#endpoint, id);
    await setTags(this.#log, { kind: 'model', id }, newest(objects(body, 'tags').map(tagOf)), tags);
    return this.#shown(id);
  }

  @Delete(':model/tags/:key')
  async deleteTag(@Param('model') id: string, @Param('key') key: string) {
    const { tags } = await modelOf(this.#endpoint, id);
    await removeTag(this.#log, { kind: 'model', id }, key, tags);
    return {};
  }

  async #owner(id: string): Promise<Owner> {
    await modelOf(this.#endpoint, id);
    return { kind: 'model', id };
  }

  async #shown(id: string) {
    return { model: loggedModelOf(await modelOf(this.#endpoint, id)) };
  }
}

const orderText = (order: RequestFields): string =>
  `${requiredString(order, 'field_name')} ${order['ascending'] === false ? 'DESC' : 'ASC'}`;
