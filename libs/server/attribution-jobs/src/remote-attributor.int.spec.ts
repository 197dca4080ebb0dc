import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@tributary/http';
import type { Serving } from '@tributary/http';
import { eventPosition, Fault } from '@tributary/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AttributionModule } from './attribution.module.ts';
import type { Attributor, Attributed, Predicted } from './attributor.ts';
import { remoteAttributor } from './remote-attributor.ts';

/** Places of four partitions: the last beyond 2^41. */
const PLACES = [0, eventPosition(1, 7), eventPosition(2, 0), eventPosition(3, 2 ** 31)];

const attributed = {
  ok: true,
  experiment: 'x',
  effects: [{ low: -Infinity, high: Infinity, estimate: NaN, evidence: ['3:17'] }],
  questions: 1,
} as unknown as Attributed;
const predicted = {
  ok: true,
  experiment: 'x',
  warnings: ['few runs'],
  low: -Infinity,
} as unknown as Predicted;

let asked: unknown[];
let answers: Attributor;
let serving: Serving;
const remote = () => remoteAttributor(serving.url);

beforeAll(async () => {
  const local: Attributor = {
    experiments: (places) => answers.experiments(places),
    attribute: (question, places) => answers.attribute(question, places),
    predict: (experiment, mixtures, places) => answers.predict(experiment, mixtures, places),
  };
  const health = { alive: () => ({}), conditions: () => Promise.resolve([]), ready: () => ({}) };
  serving = await serve(AttributionModule.with(local, health), { host: '127.0.0.1', port: 0 });
});
afterAll(() => serving.stop());
beforeEach(() => {
  asked = [];
  answers = {
    experiments: (places) => (asked.push(places), Promise.resolve([])),
    attribute: (question, places) => (asked.push(question, places), Promise.resolve(attributed)),
    predict: (experiment, mixtures, places) => (
      asked.push(experiment, mixtures, places),
      Promise.resolve(predicted)
    ),
  };
});

describe('the attribution of another process', () => {
  it('is asked what the caller asks, of the same places', async () => {
    expect(await remote().experiments(PLACES)).toEqual([]);
    const question = { capabilities: ['math'], slices: [], displacement: undefined, experiment: 'x' };
    await remote().attribute(question, PLACES);
    const mixtures = [{ key: 'half', shares: [{ slice: 'code/ü', share: 0.5 }] }];
    await remote().predict('x', mixtures, PLACES);
    expect(asked).toEqual([PLACES, question, PLACES, 'x', mixtures, PLACES]);
  });

  it('answers with bounds that are no finite numbers as they were', async () => {
    expect(await remote().attribute({}, PLACES)).toEqual(attributed);
    expect(await remote().predict('x', [], PLACES)).toEqual(predicted);
  });

  it('answers with a refusal as with any answer', async () => {
    const refused = { ok: false, refusal: 'no_experiment', text: 'name one of x, y' } as const;
    answers = { ...answers, attribute: () => Promise.resolve(refused) };
    expect(await remote().attribute({}, PLACES)).toEqual(refused);
  });

  it('is reached under a url with slashes at its end', async () => {
    expect(await remoteAttributor(`${serving.url}//`).experiments(PLACES)).toEqual([]);
  });

  it.each<[string, number[]]>([
    ['no places', []],
    ['a place before the first', [-1]],
    ['half a place', [0.5]],
    ['no number', [NaN]],
  ])('refuses a question of %s, which is not to be asked again', async (_what, places) => {
    await expect(remote().experiments(places)).rejects.toMatchObject({
      code: 'attribution_failed',
      retryable: false,
      message: expect.stringContaining('422'),
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['attribute', '{"places":[1]}'],
    ['attribute', '{"places":[1],"asked":{"slices":"code"}}'],
    ['predict', '{"places":[1],"experiment":"x","mixtures":[{"key":"k","shares":[{"slice":"s"}]}]}'],
    ['experiments', '[]'],
    ['experiments', 'null'],
  ])('answers %s with a problem where the question is %s', async (path, body) => {
    const response = await fetch(`${serving.url}/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 422, title: 'no such question' });
  });

  it('fails so that it may be asked again where an estimate breaks, and says nothing of its inside', async () => {
    answers = { ...answers, attribute: () => Promise.reject(new Fault('engine_refused', 'secret text')) };
    const failed = remote().attribute({}, PLACES);
    await expect(failed).rejects.toMatchObject({ code: 'attribution_failed', retryable: true });
    await expect(failed).rejects.not.toThrow('secret text');
  });
});

describe('an attribution that is not there', () => {
  it('is a fault that names it and may pass', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(remoteAttributor(`http://127.0.0.1:${port}`).experiments(PLACES)).rejects.toMatchObject({
      code: 'attribution_unreachable',
      retryable: true,
      message: expect.stringContaining(`http://127.0.0.1:${port}/v1/experiments`),
    });
  });

  it('is a fault where something else answers in its place', async () => {
    const server = createServer((_request, response) => response.end('<html>welcome</html>'));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    const { port } = server.address() as AddressInfo;
    await expect(remoteAttributor(`http://127.0.0.1:${port}`).experiments(PLACES)).rejects.toMatchObject({
      code: 'attribution_failed',
      message: expect.stringContaining('<html>welcome'),
    });
    await new Promise((resolve) => server.close(resolve));
  });
});
