import { randomInt } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Post, UseFilters } from '@nestjs/common';
import { connectionSignal, INGEST_ENDPOINT, Turns } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { datasetsOfProjects, matches, sorted } from '@tributary/training';
import { experimentOf, project, projectCandidate, projects, settled } from '../answers/projects.ts';
import { absent, invalid, MlflowFault, MlflowFilter } from '../errors.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import {
  createProject,
  DEFAULT_PROJECT,
  removeTag,
  renameProject,
  requireActive,
  setLifecycle,
  setTags,
} from '../facts/tracker.ts';
import { objects, optionalString, requiredString, strings } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import { isInView, viewOf } from '../requests/labels.ts';
import { LIMITS, newest, projectTagOf } from '../requests/limits.ts';
import { nextToken, pageOf } from '../requests/page.ts';
import { conditionsOf, ordersFor } from '../requests/search.ts';
import { JsonBody, QueryString, under, untilClientLeaves } from './request.ts';

const MAX_RESULTS = 50_000;
const MAX_DATASETS = 1000;

@Controller(under('experiments'))
@UseFilters(MlflowFilter)
export class ExperimentsController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;
  /** Names are unique and only in the tables, so creations and renames of one name run one after the other. */
  readonly #turns: Turns;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
    this.#turns = new Turns(endpoint.limits?.requestTimeout);
  }

  @Post('create')
  @HttpCode(200)
  async create(@JsonBody() body: RequestFields) {
    const name = nameOf(body, 'name');
    const tags = newest(objects(body, 'tags').map(projectTagOf));
    const artifacts = optionalString(body, 'artifact_location') ?? '';
    const experiment_id = String(randomInt(10 ** 11, 2 ** 47));
    await untilClientLeaves(() =>
      this.#inTurn(name, async () => {
        await this.#requireFree(name);
        await createProject(this.#log, { projectId: experiment_id, name, artifacts, tags });
      }),
    );
    return { experiment_id };
  }

  @Get('get')
  async get(@QueryString() query: RequestFields) {
    return {
      experiment: experimentOf(await project(this.#endpoint, requiredString(query, 'experiment_id'))),
    };
  }

  @Get('get-by-name')
  async getByName(@QueryString() query: RequestFields) {
    const name = requiredString(query, 'experiment_name');
    const found = await projects(this.#endpoint, { name });
    const [first] = found.toSorted((left, right) => Number(left.retired) - Number(right.retired));
    if (!first) throw absent(`experiment ${JSON.stringify(name)}`);
    return { experiment: experimentOf(first) };
  }

  @Get('search')
  searchByQuery(@QueryString() query: RequestFields) {
    return this.search(query);
  }

  @Post('search')
  @HttpCode(200)
  async search(@JsonBody() body: RequestFields) {
    const view = viewOf(body['view_type']);
    const conditions = conditionsOf(this.#endpoint, optionalString(body, 'filter'));
    const orders = ordersFor(this.#endpoint, strings(body, 'order_by'), [
      'creation_time DESC',
      'experiment_id',
    ]);
    const page = pageOf(body, MAX_RESULTS, 1000);
    const found = (await projects(this.#endpoint))
      .filter(({ retired }) => isInView(view, retired))
      .map(projectCandidate)
      .filter((candidate) => matches(candidate, conditions));
    const experiments = sorted(found, orders)
      .slice(page.skip, page.skip + page.first)
      .map((candidate) => experimentOf(candidate.project));
    return { experiments, ...nextToken(page, found.length) };
  }

  @Post('update')
  @HttpCode(200)
  async update(@JsonBody() body: RequestFields) {
    const { project_id } = await this.#active(body);
    const name = nameOf(body, 'new_name');
    await this.#inTurn(name, async () => {
      await this.#requireFree(name, project_id);
      await renameProject(this.#log, project_id, name);
    });
    return {};
  }

  @Post('delete')
  @HttpCode(200)
  delete(@JsonBody() body: RequestFields) {
    return this.#setLifecycle(body, true);
  }

  @Post('restore')
  @HttpCode(200)
  restore(@JsonBody() body: RequestFields) {
    return this.#setLifecycle(body, false);
  }

  @Post('set-experiment-tag')
  @HttpCode(200)
  async setTag(@JsonBody() body: RequestFields) {
    const { project_id: id, tags } = await this.#active(body);
    await setTags(this.#log, { kind: 'project', id }, [projectTagOf(body)], tags);
    return {};
  }

  @Post('delete-experiment-tag')
  @HttpCode(200)
  async deleteTag(@JsonBody() body: RequestFields) {
    const { project_id: id, tags } = await this.#active(body);
    await removeTag(this.#log, { kind: 'project', id }, requiredString(body, 'key'), tags);
    return {};
  }

  @Post('search-datasets')
  @HttpCode(200)
  async searchDatasets(@JsonBody() body: RequestFields) {
    const project_ids = [...strings(body, 'experiment_ids')];
    if (project_ids.length === 0) return { dataset_summaries: [] };
    const as_of = await settled(this.#endpoint);
    /* A run without a project is in the default one, whose datasets may then be there twice. */
    if (project_ids.includes(DEFAULT_PROJECT)) project_ids.push('');
    const asked = { project_ids, first: 2 * MAX_DATASETS, as_of };
    const datasets = await this.#endpoint.engine.reader.all(datasetsOfProjects, asked);
    const summaries = datasets.map(({ project_id, name, digest, context }) => ({
      experiment_id: project_id || DEFAULT_PROJECT,
      name,
      digest,
      ...(context === '' ? {} : { context }),
    }));
    const distinct = new Map(summaries.map((summary) => [JSON.stringify(summary), summary]));
    return { dataset_summaries: [...distinct.values()].slice(0, MAX_DATASETS) };
  }

  #inTurn(name: string, work: () => Promise<void>): Promise<void> {
    return this.#turns.take(name, work, { signal: connectionSignal() });
  }

  async #setLifecycle(body: RequestFields, retired: boolean) {
    const found = await project(this.#endpoint, requiredString(body, 'experiment_id'));
    const { project_id: id } = found;
    if (retired && id === DEFAULT_PROJECT) throw invalid('the default experiment cannot be deleted');
    await setLifecycle(this.#log, { kind: 'project', id }, retired, found.retired);
    return {};
  }

  async #active(body: RequestFields) {
    const found = await project(this.#endpoint, requiredString(body, 'experiment_id'));
    await requireActive(this.#log, { kind: 'project', id: found.project_id });
    return found;
  }

  async #requireFree(name: string, forId?: string): Promise<void> {
    const holder = (await projects(this.#endpoint, { name })).find(({ project_id }) => project_id !== forId);
    if (!holder) return;
    const state = holder.retired ? ' and is deleted; restore it or choose another name' : '';
    throw new MlflowFault(
      'RESOURCE_ALREADY_EXISTS',
      `experiment ${JSON.stringify(name)} already exists as ${holder.project_id}${state}`,
    );
  }
}

function nameOf(body: RequestFields, field: string): string {
  const name = requiredString(body, field);
  if (name.length <= LIMITS.projectName) return name;
  throw invalid(`${field} is ${name.length} characters long; at most ${LIMITS.projectName} are allowed`);
}
