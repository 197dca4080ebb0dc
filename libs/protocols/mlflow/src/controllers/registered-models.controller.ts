import { randomUUID } from 'node:crypto';
import { Controller, Delete, Get, HttpCode, Inject, Patch, Post, UseFilters } from '@nestjs/common';
import { INGEST_ENDPOINT } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { matches, sorted } from '@tributary/training';
import {
  knownName,
  modelVersionOf,
  registeredModelOf,
  registration,
  registrationCandidate,
  registrations,
  versionOf,
} from '../answers/registry.ts';
import { absent, MlflowFault, MlflowFilter } from '../errors.ts';
import { versionId } from '../facts/drafts.ts';
import type { Owner } from '../facts/drafts.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import { createRegistration, deleteRegistered, describe, removeAlias, setAlias } from '../facts/registry.ts';
import { removeTag, setTags } from '../facts/tracker.ts';
import { objects, optionalString, requiredString, strings } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import { newest, tagOf } from '../requests/limits.ts';
import { nextToken, pageOf } from '../requests/page.ts';
import { conditionsOf, ordersFor } from '../requests/search.ts';
import { aliasOf, descriptionOf, registeredName, versionNumber } from '../requests/registry.ts';
import { JsonBody, QueryString, under, untilClientLeaves } from './request.ts';

const MAX_RESULTS = 1000;

/** Names in the registry of models, with their aliases. */
@Controller(under('registered-models'))
@UseFilters(MlflowFilter)
export class RegisteredModelsController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
  }

  /** A name that was registered by a fact of somebody else is known to the tables alone. */
  @Post('create')
  @HttpCode(200)
  async create(@JsonBody() body: RequestFields) {
    const name = registeredName(body);
    const tags = newest(objects(body, 'tags').map(tagOf));
    const description = descriptionOf(body) ?? '';
    const made = { request: randomUUID(), name, description, tags };
    return untilClientLeaves(async () => {
      await createRegistration(this.#log, made, () => knownName(this.#endpoint, name));
      return this.#shown(name);
    });
  }

  @Get('get')
  get(@QueryString() query: RequestFields) {
    return this.#shown(registeredName(query));
  }

  @Get('search')
  async search(@QueryString() query: RequestFields) {
    const conditions = conditionsOf(this.#endpoint, optionalString(query, 'filter'));
    const orders = ordersFor(this.#endpoint, strings(query, 'order_by'), ['name']);
    const page = pageOf(query, MAX_RESULTS, 100);
    const found = (await registrations(this.#endpoint))
      .map(registrationCandidate)
      .filter((candidate) => matches(candidate, conditions));
    const registered_models = sorted(found, orders)
      .slice(page.skip, page.skip + page.first)
      .map((candidate) => registeredModelOf(candidate.registration));
    return { registered_models, ...nextToken(page, found.length) };
  }

  @Patch('update')
  async update(@JsonBody() body: RequestFields) {
    const { name, description } = await registration(this.#endpoint, registeredName(body));
    await describe(this.#log, owner(name), descriptionOf(body) ?? '', description);
    return this.#shown(name);
  }

  /** Versions name their model, so a new name would need new versions. */
  @Post('rename')
  rename(): never {
    throw new MlflowFault(
      'NOT_IMPLEMENTED',
      'this server does not rename registered models; register the versions under the new name',
    );
  }

  @Delete('delete')
  async delete(@JsonBody() body: RequestFields) {
    const found = await registration(this.#endpoint, registeredName(body));
    const { name, tags, aliases, versions } = found;
    const owners = [
      { owner: owner(name), tags: [...tags.keys()] },
      ...versions.map(({ version, tags: own }) => ({
        owner: { kind: 'version', id: versionId(name, version) } as const,
        tags: [...own.keys()],
      })),
    ];
    await deleteRegistered(this.#log, { owners, name, aliases: [...aliases.keys()] });
    return {};
  }

  /** No version has a stage, so the newest one is the latest without a stage. */
  @Post('get-latest-versions')
  @HttpCode(200)
  async latest(@JsonBody() body: RequestFields) {
    const { versions } = await registration(this.#endpoint, registeredName(body));
    const stages = strings(body, 'stages').map((stage) => stage.toLowerCase());
    const isAsked = stages.length === 0 || stages.includes('none');
    return { model_versions: isAsked ? versions.slice(-1).map(modelVersionOf) : [] };
  }

  @Get('get-latest-versions')
  latestByQuery(@QueryString() query: RequestFields) {
    return this.latest(query);
  }

  @Post('set-tag')
  @HttpCode(200)
  async setTag(@JsonBody() body: RequestFields) {
    const { name, tags } = await registration(this.#endpoint, registeredName(body));
    await setTags(this.#log, owner(name), [tagOf(body)], tags);
    return {};
  }

  @Delete('delete-tag')
  async deleteTag(@JsonBody() body: RequestFields) {
    const { name, tags } = await registration(this.#endpoint, registeredName(body));
    await removeTag(this.#log, owner(name), requiredString(body, 'key'), tags);
    return {};
  }

  @Post('alias')
  @HttpCode(200)
  async setAlias(@JsonBody() body: RequestFields) {
    const alias = aliasOf(body);
    const found = await versionOf(this.#endpoint, registeredName(body), versionNumber(body));
    await setAlias(this.#log, { ...found, alias }, found.aliases.includes(alias));
    return {};
  }

  @Delete('alias')
  async removeAlias(@JsonBody() body: RequestFields) {
    const { name, aliases } = await registration(this.#endpoint, registeredName(body));
    const alias = requiredString(body, 'alias');
    await removeAlias(this.#log, { name, alias }, aliases.has(alias));
    return {};
  }

  @Get('alias')
  async byAlias(@QueryString() query: RequestFields) {
    const alias = requiredString(query, 'alias');
    const { name, versions } = await registration(this.#endpoint, registeredName(query));
    const found = versions.find(({ aliases }) => aliases.includes(alias));
    if (!found) throw absent(`alias ${JSON.stringify(alias)} of registered model ${JSON.stringify(name)}`);
    return { model_version: modelVersionOf(found) };
  }

  async #shown(name: string) {
    return { registered_model: registeredModelOf(await registration(this.#endpoint, name)) };
  }
}

const owner = (name: string): Owner => ({ kind: 'registration', id: name });
