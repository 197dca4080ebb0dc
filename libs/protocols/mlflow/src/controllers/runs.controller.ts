import { randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Post, UseFilters } from '@nestjs/common';
import { INGEST_ENDPOINT } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { systemClock } from '@tributary/kernel';
import { filterOf, matches, orderOf, sorted } from '@tributary/training';
import type { Condition, Order } from '@tributary/training';
import { requireProject, requireRun } from '../answers/gate.ts';
import { candidatesOf, detailed, newRunOf, run, runInfoOf, runsOf } from '../answers/runs.ts';
import { MlflowFilter } from '../errors.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import { createRun, removeTag, setLifecycle, updateRun } from '../facts/tracker.ts';
import { bodies, optionalText, requiredText, runIdOf, texts } from '../requests/body.ts';
import type { Body } from '../requests/body.ts';
import { isInView, runStatusOf, viewOf } from '../requests/labels.ts';
import { newest, tagOf, timestampOf } from '../requests/limits.ts';
import { nextToken, pageOf } from '../requests/page.ts';
import { Asked, Sent, under } from './request.ts';

const MOST = 50_000;

@Controller(under('runs'))
@UseFilters(MlflowFilter)
export class RunsController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
  }

  /** A client has no id for a run that it makes: a creation whose answer is lost and sent again makes another run. */
  @Post('create')
  @HttpCode(200)
  async create(@Sent() body: Body) {
    const projectId = optionalText(body, 'experiment_id') || '0';
    const { artifacts } = await requireProject(this.#endpoint, projectId);
    const runId = randomUUID().replaceAll('-', '');
    const startTime = body['start_time'] === undefined ? Date.now() : timestampOf(body, 'start_time');
    const made = { runId, projectId, startTime, ...namesOf(body, runId) };
    await createRun(this.#log, made);
    return { run: newRunOf(made, artifacts) };
  }

  @Post('update')
  @HttpCode(200)
  async update(@Sent() body: Body) {
    const runId = await requireRun(this.#endpoint, runIdOf(body));
    const status = runStatusOf(body['status']);
    const name = optionalText(body, 'run_name');
    const change = {
      ...(status ? { status } : {}),
      ...(name ? { name } : {}),
      ...(body['end_time'] === undefined ? {} : { endTime: timestampOf(body, 'end_time') }),
    };
    await updateRun(this.#log, runId, change, systemClock());
    return { run_info: runInfoOf(await run(this.#endpoint, runId)) };
  }

  @Get('get')
  async get(@Asked() query: Body) {
    const [found] = await detailed(this.#endpoint, [await run(this.#endpoint, runIdOf(query))]);
    return { run: found };
  }

  @Post('search')
  @HttpCode(200)
  async search(@Sent() body: Body) {
    const view = viewOf(body['run_view_type']);
    const conditions = filterOf(optionalText(body, 'filter'));
    const orders = [...texts(body, 'order_by'), 'start_time DESC', 'run_id'].map(orderOf);
    const page = pageOf(body, MOST, 1000);
    const project_ids = texts(body, 'experiment_ids');
    if (project_ids.length === 0) return { runs: [] };
    const inView = (await runsOf(this.#endpoint, { project_ids })).filter(({ retired }) =>
      isInView(view, retired),
    );
    const candidates = await candidatesOf(this.#endpoint, inView, keysOf(conditions, orders));
    const found = candidates.filter((candidate) => matches(candidate, conditions));
    const shown = sorted(found, orders).slice(page.skip, page.skip + page.first);
    const runs = await detailed(
      this.#endpoint,
      shown.map((candidate) => candidate.run),
    );
    return { runs, ...nextToken(page, found.length) };
  }

  @Post('delete')
  @HttpCode(200)
  async delete(@Sent() body: Body) {
    const { run_id: id } = await run(this.#endpoint, runIdOf(body));
    await setLifecycle(this.#log, { kind: 'run', id }, true);
    return {};
  }

  @Post('restore')
  @HttpCode(200)
  async restore(@Sent() body: Body) {
    const { run_id: id } = await run(this.#endpoint, runIdOf(body));
    await setLifecycle(this.#log, { kind: 'run', id }, false);
    return {};
  }

  @Post('delete-tag')
  @HttpCode(200)
  async deleteTag(@Sent() body: Body) {
    const id = await requireRun(this.#endpoint, runIdOf(body));
    await removeTag(this.#log, { kind: 'run', id }, requiredText(body, 'key'));
    return {};
  }
}

/** A name is also a tag, and so is who runs; a run without a name gets one. */
function namesOf(body: Body, runId: string) {
  const sent = newest(bodies(body, 'tags').map(tagOf));
  const named = sent.find(({ key }) => key === 'mlflow.runName')?.value;
  const name = optionalText(body, 'run_name') || named || `run-${runId.slice(0, 8)}`;
  const user = optionalText(body, 'user_id');
  const tags = newest([
    ...(user ? [{ key: 'mlflow.user', value: user }] : []),
    ...sent,
    { key: 'mlflow.runName', value: name },
  ]);
  return { name, tags };
}

function keysOf(conditions: readonly Condition[], orders: readonly Order[]) {
  const fields = [...conditions, ...orders];
  const named = (kind: string) => [
    ...new Set(fields.filter((field) => field.kind === kind).map(({ key }) => key)),
  ];
  return {
    tags: named('tag'),
    params: named('param'),
    metrics: named('metric'),
    datasets: named('dataset').length > 0,
  };
}
