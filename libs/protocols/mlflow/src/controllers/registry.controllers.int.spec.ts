import { madeEvent } from '@tributary/capture';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { ask, call } = trackerClient(() => served.url);
const remove = (path: string, body: object) => call(path, body, { method: 'DELETE' });
const patch = (path: string, body: object) => call(path, body, { method: 'PATCH' });
const create = (name: string, more: object = {}) => ask('registered-models/create', { name, ...more });
const createVersion = async (name: string, more: object = {}) =>
  (await ask('model-versions/create', { name, source: 'models:/m-1', ...more })).model_version;
const getModel = async (name: string) =>
  (await ask(`registered-models/get?name=${encodeURIComponent(name)}`)).registered_model;
const names = (models: readonly { readonly name: string }[]) => models.map(({ name }) => name);

describe('a registered model', () => {
  it('has what its creator states, and its newest version', async () => {
    await create('lm', { description: 'annealed', tags: [{ key: 'team', value: 'data' }] });
    await createVersion('lm', { run_id: 'r1' });
    await createVersion('lm', { run_id: 'r2', model_id: 'm-2', tags: [{ key: 'seed', value: '7' }] });
    expect(await getModel('lm')).toMatchObject({
      name: 'lm',
      description: 'annealed',
      tags: [{ key: 'team', value: 'data' }],
      latest_versions: [
        {
          version: '2',
          run_id: 'r2',
          model_id: 'm-2',
          status: 'READY',
          current_stage: 'None',
          source: 'models:/m-1',
          tags: [{ key: 'seed', value: '7' }],
        },
      ],
    });
    expect(await ask('registered-models/get-latest-versions', { name: 'lm' })).toMatchObject({
      model_versions: [{ version: '2' }],
    });
    expect(await ask('model-versions/get-download-uri?name=lm&version=1')).toEqual({
      artifact_uri: 'models:/m-1',
    });
  });

  it('has a name of its own, which is free again when it is deleted; numbers of versions are not', async () => {
    await create('twice', { tags: [{ key: 'a', value: 'b' }] });
    await createVersion('twice');
    await ask('registered-models/alias', { name: 'twice', alias: 'best', version: '1' });
    expect(await call('registered-models/create', { name: 'twice' })).toMatchObject(
      refusal(400, 'RESOURCE_ALREADY_EXISTS', /already exists/),
    );
    expect(await remove('registered-models/delete', { name: 'twice' })).toMatchObject({ status: 200 });
    expect(await call('registered-models/get?name=twice')).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /twice/),
    );
    await create('twice');
    expect(await getModel('twice')).toMatchObject({ tags: [], aliases: [], latest_versions: [] });
    expect(await createVersion('twice')).toMatchObject({ version: '2', aliases: [] });
    await ask('registered-models/set-tag', { name: 'twice', key: 'a', value: 'b' });
    expect(await getModel('twice')).toMatchObject({ tags: [{ key: 'a', value: 'b' }] });
  });

  it('is created once where several clients create it at once, and each gets a version of its own', async () => {
    const tries = await Promise.all(
      [1, 2, 3, 4].map(() => call('registered-models/create', { name: 'race' })),
    );
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    const numbers = Array.from({ length: 40 }, (_none, at) => String(at + 1));
    const made = await Promise.all(numbers.map(() => createVersion('race')));
    expect(new Set(made.map(({ version }) => version))).toEqual(new Set(numbers));
  });

  it('has aliases, each of one version at a time', async () => {
    await create('aliased');
    await createVersion('aliased');
    await createVersion('aliased');
    for (const version of ['1', '2'])
      await ask('registered-models/alias', { name: 'aliased', alias: 'best', version });
    expect((await ask('registered-models/alias?name=aliased&alias=best')).model_version).toMatchObject({
      version: '2',
      aliases: ['best'],
    });
    expect(await getModel('aliased')).toMatchObject({ aliases: [{ alias: 'best', version: '2' }] });
    await remove('registered-models/alias', { name: 'aliased', alias: 'best' });
    expect(await call('registered-models/alias?name=aliased&alias=best')).toMatchObject(
      refusal(404, 'RESOURCE_DOES_NOT_EXIST', /alias "best"/),
    );
    expect(await remove('registered-models/alias', { name: 'aliased', alias: 'best' })).toMatchObject({
      status: 404,
    });
  });

  it('gets a description and tags, and its versions too', async () => {
    await create('described');
    await createVersion('described');
    expect(await patch('registered-models/update', { name: 'described', description: 'x' })).toMatchObject({
      answer: { registered_model: { description: 'x' } },
    });
    await patch('model-versions/update', { name: 'described', version: '1', description: 'y' });
    await ask('model-versions/set-tag', { name: 'described', version: '1', key: 'a', value: 'b' });
    expect((await ask('model-versions/get?name=described&version=1')).model_version).toMatchObject({
      description: 'y',
      tags: [{ key: 'a', value: 'b' }],
    });
    const tag = { name: 'described', version: '1', key: 'a' };
    expect(await remove('model-versions/delete-tag', tag)).toMatchObject({ status: 200 });
    expect(await remove('model-versions/delete-tag', tag)).toMatchObject({ status: 404 });
    expect(await remove('model-versions/delete', tag)).toMatchObject({ status: 200 });
    expect(await call('model-versions/get?name=described&version=1')).toMatchObject({ status: 404 });
  });
});

describe('facts of another sender count too', () => {
  type Stated = Parameters<typeof madeEvent>[2];
  let stated = 0;
  const state = (fact: Stated) =>
    served.log.append([madeEvent('urn:test', [(stated += 1)], fact)], { atomic: true });
  const annotate = (data: Extract<Stated, { type: 'training.registration.annotated' }>['data']) =>
    state({ type: 'training.registration.annotated', data });
  const stateVersion = (name: string, version: number) =>
    state({
      type: 'training.version.annotated',
      data: { name, version, source: 's3://theirs', retired: false },
    });

  it('no number that they gave is given again, also of a version that was deleted', async () => {
    await create('shared');
    await stateVersion('shared', 1);
    await stateVersion('shared', 7);
    await remove('model-versions/delete', { name: 'shared', version: '7' });
    expect(await createVersion('shared', { source: 's3://ours' })).toMatchObject({ version: '8' });
    expect(await createVersion('shared', { source: 's3://ours' })).toMatchObject({ version: '9' });
    expect(await ask('model-versions/get-download-uri?name=shared&version=1')).toEqual({
      artifact_uri: 's3://theirs',
    });
  });

  it('an alias, a tag and a description that they changed are set again, and theirs are taken back', async () => {
    const name = 'changed';
    await create(name, { description: 'ours', tags: [{ key: 't', value: 'ours' }] });
    for (const _ of [1, 2]) await createVersion(name);
    await ask('registered-models/alias', { name, alias: 'best', version: '1' });
    await ask('model-versions/set-tag', { name, version: '1', key: 'v', value: 'ours' });
    await patch('registered-models/update', { name, description: 'ours' });
    const more = { u: 'theirs' };
    await annotate({
      name,
      aliases: { best: 2, theirs: 2 },
      tags: { t: 'theirs', ...more },
      description: 'theirs',
    });
    await state({ type: 'training.version.annotated', data: { name, version: 1, tags: { v: 'theirs' } } });
    await ask('registered-models/alias', { name, alias: 'best', version: '1' });
    await ask('registered-models/set-tag', { name, key: 't', value: 'ours' });
    await ask('model-versions/set-tag', { name, version: '1', key: 'v', value: 'ours' });
    await patch('registered-models/update', { name, description: 'ours' });
    for (const [path, of] of [
      ['alias', { alias: 'theirs' }],
      ['delete-tag', { key: 'u' }],
    ] as const)
      expect(await remove(`registered-models/${path}`, { name, ...of })).toMatchObject({ status: 200 });
    expect(await getModel(name)).toMatchObject({
      description: 'ours',
      tags: [{ key: 't', value: 'ours' }],
      aliases: [{ alias: 'best', version: '1' }],
    });
    expect((await ask(`model-versions/get?name=${name}&version=1`)).model_version).toMatchObject({
      tags: [{ key: 'v', value: 'ours' }],
    });
    const before = (await served.events()).length;
    await ask('registered-models/alias', { name, alias: 'best', version: '1' });
    await ask('registered-models/set-tag', { name, key: 't', value: 'ours' });
    await patch('registered-models/update', { name, description: 'ours' });
    expect((await served.events()).length).toBe(before);
  });

  it('a name that they deleted is free, and one that they restored is deleted again with what it has', async () => {
    const name = 'theirs';
    await create(name);
    await annotate({ name, retired: true });
    await create(name);
    await remove('registered-models/delete', { name });
    await annotate({ name, retired: false, tags: { t: 'theirs' }, aliases: { best: 1 } });
    expect(await remove('registered-models/delete', { name })).toMatchObject({ status: 200 });
    expect(await call(`registered-models/get?name=${name}`)).toMatchObject({ status: 404 });
    await create(name);
    expect(await getModel(name)).toMatchObject({ tags: [], aliases: [] });
  });

  it('a name that they deleted has what its new creator states, and nothing that they left', async () => {
    const name = 'left';
    const ours = [{ key: 't', value: 'ours' }];
    await create(name, { tags: [...ours, { key: 'gone', value: 'ours' }] });
    await createVersion(name);
    await ask('registered-models/alias', { name, alias: 'best', version: '1' });
    await annotate({ name, tags: { t: 'theirs', u: 'theirs' }, aliases: { theirs: 1 } });
    await state({ type: 'training.version.annotated', data: { name, version: 1, tags: { v: 'theirs' } } });
    await annotate({ name, retired: true });
    await create(name, { tags: ours });
    expect(await getModel(name)).toMatchObject({ tags: ours, aliases: [], latest_versions: [] });
    expect(await call(`model-versions/get?name=${name}&version=1`)).toMatchObject({ status: 404 });
    expect(await createVersion(name)).toMatchObject({ version: '2', tags: [] });
    await annotate({ name, removedTags: ['t'], retired: true });
    await create(name, { tags: ours });
    expect(await getModel(name)).toMatchObject({ tags: ours, aliases: [] });
  });

  it('the highest number leaves no next one, which a creation is told with the way out', async () => {
    const name = 'exhausted';
    await create(name);
    await stateVersion(name, 1_000_000_000);
    expect(await call('model-versions/create', { name, source: 's' })).toMatchObject(
      refusal(409, 'RESOURCE_CONFLICT', /version 1000000000.* correct the fact.* another name/),
    );
  });
});

it('a description is set again for a name that is registered again', async () => {
  await create('renewed');
  await patch('registered-models/update', { name: 'renewed', description: 'annealed' });
  await remove('registered-models/delete', { name: 'renewed' });
  await create('renewed');
  await patch('registered-models/update', { name: 'renewed', description: 'annealed' });
  expect(await getModel('renewed')).toMatchObject({ description: 'annealed' });
});

describe('a search', () => {
  it('finds models and versions by name, run and tag, in pages, and leaves prompts out', async () => {
    await create('s-1');
    await create('s-2', { tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] });
    await create('s-3', { tags: [{ key: 'kind', value: 'base' }] });
    await createVersion('s-1', { run_id: 'run-of-s' });
    await createVersion('s-3');
    const found = async (filter: string, more = '') =>
      ask(`registered-models/search?filter=${encodeURIComponent(filter)}${more}`);
    expect(names((await found("name LIKE 's-%'")).registered_models)).toEqual(['s-1', 's-2', 's-3']);
    const models = "name LIKE 's-%' AND tags.`mlflow.prompt.is_prompt` != 'true'";
    expect(names((await found(models)).registered_models)).toEqual(['s-1', 's-3']);
    expect(names((await found("tags.kind = 'base'")).registered_models)).toEqual(['s-3']);
    const first = await found("name LIKE 's-%'", '&max_results=2&order_by=name%20DESC');
    expect(names(first.registered_models)).toEqual(['s-3', 's-2']);
    const rest = await found(
      "name LIKE 's-%'",
      `&max_results=2&order_by=name%20DESC&page_token=${encodeURIComponent(first.next_page_token)}`,
    );
    expect(names(rest.registered_models)).toEqual(['s-1']);
    const versions = await ask(`model-versions/search?filter=${encodeURIComponent("run_id = 'run-of-s'")}`);
    expect(versions.model_versions).toMatchObject([{ name: 's-1', version: '1' }]);
  });
});

describe('a refusal', () => {
  it.each<[string, object, ...Parameters<typeof refusal>]>([
    ['registered-models/create', { name: 'a/b' }, 400, 'INVALID_PARAMETER_VALUE', /has a \/ or a :/],
    ['registered-models/create', { name: 'x'.repeat(257) }, 400, 'INVALID_PARAMETER_VALUE', /at most 256/],
    ['model-versions/create', { name: 'none', source: 's' }, 404, 'RESOURCE_DOES_NOT_EXIST', /"none"/],
    ['model-versions/create', { name: 'none' }, 400, 'INVALID_PARAMETER_VALUE', /source is missing/],
    ['registered-models/alias', { name: 'none', alias: 'v1' }, 400, 'INVALID_PARAMETER_VALUE', /alias/],
    ['registered-models/rename', { name: 'a' }, 501, 'NOT_IMPLEMENTED', /does not rename/],
    ['model-versions/transition-stage', { name: 'a' }, 501, 'NOT_IMPLEMENTED', /alias/],
  ])('of %s %j says what is wrong', async (path, body, ...refused) => {
    expect(await call(path, body)).toMatchObject(refusal(...refused));
  });
});
