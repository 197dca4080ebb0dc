import { randomUUID } from 'node:crypto';
import { Controller, Delete, Get, HttpCode, Inject, Patch, Post, UseFilters } from '@nestjs/common';
import { connectionSignal, INGEST_ENDPOINT, Turns } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { matches, sorted } from '@tributary/training';
import {
  highestVersion,
  modelVersionOf,
  registration,
  registrations,
  versionCandidate,
  versionOf,
} from '../answers/registry.ts';
import type { Version } from '../answers/registry.ts';
import { MlflowFault, MlflowFilter } from '../errors.ts';
import { versionId } from '../facts/drafts.ts';
import type { Owner } from '../facts/drafts.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import { createVersion, deleteRegistered, describe } from '../facts/registry.ts';
import { removeTag, setTags } from '../facts/tracker.ts';
import { objects, optionalString, requiredString, strings } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import { newest, tagOf } from '../requests/limits.ts';
import { nextToken, pageOf } from '../requests/page.ts';
import { conditionsOf, ordersFor } from '../requests/search.ts';
import { descriptionOf, registeredName, versionNumber } from '../requests/registry.ts';
import { JsonBody, QueryString, under, untilClientLeaves } from './request.ts';

const MAX_RESULTS = 200_000;

/** Versions of registered models. */
@Controller(under('model-versions'))
@UseFilters(MlflowFilter)
export class ModelVersionsController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;
  /** Each of a name takes the number after the last one, so those that come at once would be tried again and again. */
  readonly #turns: Turns;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
    this.#turns = new Turns(endpoint.limits?.requestTimeout);
  }

  /** The server chooses the number, so a creation that is retried after a lost answer creates another version. */
  @Post('create')
  @HttpCode(200)
  async create(@JsonBody() body: RequestFields) {
    const tags = newest(objects(body, 'tags').map(tagOf));
    const made = {
      source: requiredString(body, 'source'),
      ...optional('runId', body, 'run_id'),
      ...optional('runLink', body, 'run_link'),
      ...optional('modelId', body, 'model_id'),
      description: descriptionOf(body) ?? '',
      tags,
    };
    return untilClientLeaves(async () => {
      const { name } = await registration(this.#endpoint, registeredName(body));
      const version = await this.#turns.take(
        name,
        () =>
          createVersion(this.#log, { request: randomUUID(), name, ...made }, () =>
            highestVersion(this.#endpoint, name),
          ),
        { signal: connectionSignal() },
      );
      return this.#shown(name, version);
    });
  }

  @Get('get')
  get(@QueryString() query: RequestFields) {
    return this.#shown(registeredName(query), versionNumber(query));
  }

  /** Models are not copied, so they are where they were registered from. */
  @Get('get-download-uri')
  async downloadUri(@QueryString() query: RequestFields) {
    const { source } = await this.#version(query);
    return { artifact_uri: source };
  }

  @Get('search')
  async search(@QueryString() query: RequestFields) {
    const conditions = conditionsOf(this.#endpoint, optionalString(query, 'filter'));
    const given = strings(query, 'order_by');
    const orders = ordersFor(this.#endpoint, given, [
      'last_updated_timestamp DESC',
      'name',
      'version_number DESC',
    ]);
    const page = pageOf(query, MAX_RESULTS, 10_000);
    const found = (await registrations(this.#endpoint))
      .flatMap(({ versions }) => versions)
      .map(versionCandidate)
      .filter((candidate) => matches(candidate, conditions));
    const model_versions = sorted(found, orders)
      .slice(page.skip, page.skip + page.first)
      .map((candidate) => modelVersionOf(candidate.version));
    return { model_versions, ...nextToken(page, found.length) };
  }

  @Patch('update')
  async update(@JsonBody() body: RequestFields) {
    const { name, version, description } = await this.#version(body);
    await describe(this.#log, owner(name, version), descriptionOf(body) ?? '', description);
    return this.#shown(name, version);
  }

  @Delete('delete')
  async delete(@JsonBody() body: RequestFields) {
    const { name, version, tags, aliases } = await this.#version(body);
    const owners = [{ owner: owner(name, version), tags: [...tags.keys()] }];
    await deleteRegistered(this.#log, { owners, name, aliases });
    return {};
  }

  @Post('transition-stage')
  transition(): never {
    throw new MlflowFault(
      'NOT_IMPLEMENTED',
      'this server keeps no stages, which MLflow has given up too; set an alias (set_registered_model_alias)',
    );
  }

  @Post('set-tag')
  @HttpCode(200)
  async setTag(@JsonBody() body: RequestFields) {
    const { name, version, tags } = await this.#version(body);
    await setTags(this.#log, owner(name, version), [tagOf(body)], tags);
    return {};
  }

  @Delete('delete-tag')
  async deleteTag(@JsonBody() body: RequestFields) {
    const { name, version, tags } = await this.#version(body);
    await removeTag(this.#log, owner(name, version), requiredString(body, 'key'), tags);
    return {};
  }

  #version(body: RequestFields): Promise<Version> {
    return versionOf(this.#endpoint, registeredName(body), versionNumber(body));
  }

  async #shown(name: string, version: number) {
    return { model_version: modelVersionOf(await versionOf(this.#endpoint, name, version)) };
  }
}

const owner = (name: string, version: number): Owner => ({ kind: 'version', id: versionId(name, version) });

function optional<Name extends string>(
  name: Name,
  body: RequestFields,
  field: string,
): { readonly [Key in Name]?: string } {
  const value = optionalString(body, field);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key has the type of its name
  return (value ? { [name]: value } : {}) as { readonly [Key in Name]?: string };
}
