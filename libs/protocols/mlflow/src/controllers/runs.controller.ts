import { randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Post, UseFilters } from '@nestjs/common';
import { INGEST_ENDPOINT, largeAnswer } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { systemClock } from '@tributary/kernel';
import { settled } from '../answers/projects.ts';
import { requireProject, requireRun } from '../answers/require-active.ts';
import { keysOf } from '../answers/run-candidates.ts';
import { searchRuns } from '../answers/run-search.ts';
import { detailed, newRunOf, run, runInfoOf, runTags } from '../answers/runs.ts';
import { MlflowFilter } from '../errors.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import { createRun, removeTag, setLifecycle, updateRun } from '../facts/tracker.ts';
import { objects, optionalString, requiredString, runIdOf, strings } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import { runStatusOf, viewOf } from '../requests/labels.ts';
import { newest, tagOf, timestampOf } from '../requests/limits.ts';
import { runsPageOf } from '../requests/runs-page.ts';
import { conditionsOf, ordersFor } from '../requests/search.ts';
import { JsonBody, QueryString, under } from './request.ts';

const MAX_RESULTS = 50_000;

@Controller(under('runs'))
@UseFilters(MlflowFilter)
export class RunsController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
  }

  /** The server chooses the id of a run, so a creation that is retried after a lost answer creates another run. */
  @Post('create')
  @HttpCode(200)
  async create(@JsonBody() body: RequestFields) {
    const projectId = optionalString(body, 'experiment_id') || '0';
    const { artifacts } = await requireProject(this.#endpoint, projectId);
    const runId = randomUUID().replaceAll('-', '');
    const startTime = body['start_time'] === undefined ? Date.now() : timestampOf(body, 'start_time');
    const made = { runId, projectId, startTime, ...namesOf(body, runId) };
    await createRun(this.#log, made);
    return { run: newRunOf(made, artifacts) };
  }

  @Post('update')
  @HttpCode(200)
  async update(@JsonBody() body: RequestFields) {
    const runId = await requireRun(this.#endpoint, runIdOf(body));
    const status = runStatusOf(body['status']);
    const name = optionalString(body, 'run_name');
    const change = {
      ...(status ? { status } : {}),
      ...(name ? { name } : {}),
      ...(body['end_time'] === undefined ? {} : { endTime: timestampOf(body, 'end_time') }),
    };
    await updateRun(this.#log, runId, change, systemClock());
    return { run_info: runInfoOf(await run(this.#endpoint, runId)) };
  }

  @Get('get')
  async get(@QueryString() query: RequestFields) {
    const asked = await run(this.#endpoint, runIdOf(query));
    const [found] = await detailed(this.#endpoint, [asked], await settled(this.#endpoint));
    return { run: found };
  }

  @Post('search')
  @HttpCode(200)
  async search(@JsonBody() body: RequestFields) {
    const view = viewOf(body['run_view_type']);
    const conditions = conditionsOf(this.#endpoint, optionalString(body, 'filter'));
    const orders = ordersFor(this.#endpoint, strings(body, 'order_by'), ['start_time DESC', 'run_id']);
    const keys = keysOf(conditions, orders);
    const page = runsPageOf(body, orders.length, MAX_RESULTS, 1000);
    const project_ids = strings(body, 'experiment_ids');
    if (project_ids.length === 0) return { runs: [] };
    const search = { project_ids, view, conditions, orders, keys, ...page };
    const found = await largeAnswer(() => searchRuns(this.#endpoint, search));
    return { runs: await detailed(this.#endpoint, found.runs, found.as_of), ...found.next };
  }

  @Post('delete')
  @HttpCode(200)
  async delete(@JsonBody() body: RequestFields) {
    const { run_id: id, retired } = await run(this.#endpoint, runIdOf(body));
    await setLifecycle(this.#log, { kind: 'run', id }, true, retired);
    return {};
  }

  @Post('restore')
  @HttpCode(200)
  async restore(@JsonBody() body: RequestFields) {
    const { run_id: id, retired } = await run(this.#endpoint, runIdOf(body));
    await setLifecycle(this.#log, { kind: 'run', id }, false, retired);
    return {};
  }

  @Post('delete-tag')
  @HttpCode(200)
  async deleteTag(@JsonBody() body: RequestFields) {
    const id = await requireRun(this.#endpoint, runIdOf(body));
    const owner = { kind: 'run', id } as const;
    await removeTag(this.#log, owner, requiredString(body, 'key'), await runTags(this.#endpoint, id));
    return {};
  }
}

/** Name and user of a run are also tags. A run without a name gets one. */
function namesOf(body: RequestFields, runId: string) {
  const sent = newest(objects(body, 'tags').map(tagOf));
  const named = sent.find(({ key }) => key === 'mlflow.runName')?.value;
  const name = optionalString(body, 'run_name') || named || `run-${runId.slice(0, 8)}`;
  const user = optionalString(body, 'user_id');
  const tags = newest([
    ...(user ? [{ key: 'mlflow.user', value: user }] : []),
    ...sent,
    { key: 'mlflow.runName', value: name },
  ]);
  return { name, tags };
}
