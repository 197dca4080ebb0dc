import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundQuestions, serve } from '@tributary/http';
import type { Serving } from '@tributary/http';
import { currentSignal, eventPosition, Fault, underSignal } from '@tributary/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AttributionModule } from './attribution.module.ts';
import type { Attributor, EffectsAnswer, PredictionAnswer } from './attributor.ts';
import type { DesignAnswer } from './design.ts';
import { remoteAttributor } from './remote-attributor.ts';

/** A position of a log with four partitions; the last number is beyond 2^41. */
const AS_OF = [0, eventPosition(1, 7), eventPosition(2, 0), eventPosition(3, 2 ** 31)];

const attributed = {
  ok: true,
  experiment: 'x',
  effects: [{ low: -Infinity, high: Infinity, estimate: NaN, evidence: ['3:17'] }],
  questions: 1,
} as unknown as EffectsAnswer;
const predicted = {
  ok: true,
  experiment: 'x',
  warnings: ['few runs'],
  low: -Infinity,
} as unknown as PredictionAnswer;

const PAGE = { after: 'lab', first: 3 };
const NONE = { experiments: [], total: 0, start: 0, leftOut: [] };
const designed = {
  ok: true,
  experiment: 'x',
  plans: [{ noise: null, detectable: [{ power: Infinity }] }],
} as unknown as DesignAnswer;

let received: unknown[];
let answers: Attributor;
let serving: Serving;
/** Milliseconds. */
const MILLIS = 60_000;
const remote = () => remoteAttributor({ url: serving.url, millis: MILLIS });

beforeAll(async () => {
  const local: Attributor = {
    experiments: (asOf, origin, page) => answers.experiments(asOf, origin, page),
    attribute: (question, asOf) => answers.attribute(question, asOf),
    predict: (experiment, mixtures, asOf, options) => answers.predict(experiment, mixtures, asOf, options),
    design: (question, asOf) => answers.design(question, asOf),
  };
  const health = { alive: () => ({}), conditions: () => Promise.resolve([]), ready: () => ({}) };
  serving = await serve(
    AttributionModule.with(local, health),
    { host: '127.0.0.1', port: 0 },
    { stream: (fastify) => void boundQuestions(fastify, { isQuestion: () => true }) },
  );
});
afterAll(() => serving.stop());
beforeEach(() => {
  received = [];
  answers = {
    experiments: (asOf, origin, page) => (received.push(asOf, origin, page), Promise.resolve(NONE)),
    attribute: (question, asOf) => (received.push(question, asOf), Promise.resolve(attributed)),
    predict: (experiment, mixtures, asOf, options) => (
      received.push(experiment, mixtures, asOf, options),
      Promise.resolve(predicted)
    ),
    design: (question, asOf) => (received.push(question, asOf), Promise.resolve(designed)),
  };
});

describe('the attribution service', () => {
  it('gets the question of the caller, as of the same position', async () => {
    expect(await remote().experiments(AS_OF, 'found', PAGE)).toEqual(NONE);
    const names = { capabilities: ['math'], slices: [], experiment: 'x' };
    const question = { ...names, displacement: undefined, recorded: { family: 'f' } };
    await remote().attribute(question, AS_OF);
    const mixtures = [{ key: 'half', shares: [{ slice: 'code/ü', share: 0.5 }] }];
    const model = { outcome: 'math', sha256: '0', bytes: 'AA==' };
    const before = answers;
    const withModel: Attributor['predict'] = async (...asked) => ({
      ...(await before.predict(...asked)),
      model,
    });
    answers = { ...answers, predict: withModel };
    expect(await remote().predict('x', mixtures, AS_OF, { model: 'math' })).toEqual({ ...predicted, model });
    const asked = { capability: 'math', slice: 'code', displacement: 'proportional', effect: NaN, runs: 0.5 };
    await remote().design(asked, AS_OF);
    expect(received).toEqual([
      AS_OF,
      'found',
      PAGE,
      question,
      AS_OF,
      'x',
      mixtures,
      AS_OF,
      { model: 'math' },
      asked,
      AS_OF,
    ]);
  });

  it('ends what it computes when the caller no longer waits for it', async () => {
    const LEFT = new Fault('client_left', 'nobody waits for it');
    let computing: AbortSignal | undefined;
    answers.attribute = () => {
      computing = currentSignal();
      return new Promise(() => undefined);
    };
    const waiting = new AbortController();
    const asked = underSignal(waiting.signal, () => remote().attribute({}, AS_OF));
    const outcome = asked.catch((error: unknown) => error);
    await expect.poll(() => computing).toBeDefined();
    waiting.abort(LEFT);
    expect(await outcome).toBe(LEFT);
    await expect.poll(() => computing?.reason).toMatchObject({ code: 'client_left' });
  });

  it('preserves bounds that are not finite', async () => {
    expect(await remote().attribute({}, AS_OF)).toEqual(attributed);
    expect(await remote().predict('x', [], AS_OF)).toEqual(predicted);
    expect(await remote().design({ capability: 'math', slice: 'code' }, AS_OF)).toEqual(designed);
  });

  it.each([NaN, Infinity, -Infinity])(
    'gets a share of %d as it is, to refuse it by its code',
    async (share) => {
      const mixtures = [{ key: 'm', shares: [{ slice: '\u0000odd', share }] }];
      await remote().predict('x', mixtures, AS_OF);
      expect(received).toEqual(['x', mixtures, AS_OF, {}]);
    },
  );

  it('is refused where it is older and gives no surface as a model', async () => {
    const asked = remote().predict('x', [], AS_OF, { model: 'math' });
    await expect(asked).rejects.toMatchObject({ code: 'attribution_older', retryable: true });
  });

  it('passes on a refusal as an answer', async () => {
    const refused = { ok: false, refusal: 'no_experiment', text: 'name one of x, y' } as const;
    answers = { ...answers, attribute: () => Promise.resolve(refused) };
    expect(await remote().attribute({}, AS_OF)).toEqual(refused);
  });

  it('is reached at a URL with trailing slashes', async () => {
    expect(await remoteAttributor({ url: `${serving.url}//`, millis: MILLIS }).experiments(AS_OF)).toEqual(
      NONE,
    );
  });

  it.each<[string, number[]]>([
    ['no position', []],
    ['a negative position', [-1]],
    ['a fraction', [0.5]],
    ['not a number', [NaN]],
  ])('refuses a question as of %s, which is not retryable', async (_what, asOf) => {
    await expect(remote().experiments(asOf)).rejects.toMatchObject({
      code: 'attribution_failed',
      retryable: false,
      message: expect.stringContaining('422'),
    });
    expect(received).toEqual([]);
  });

  it.each([
    ['attribute', '{"asOf":[1]}'],
    ['attribute', '{"asOf":[1],"asked":{"slices":"code"}}'],
    ['predict', '{"asOf":[1],"experiment":"x","mixtures":[{"key":"k","shares":[{"slice":"s"}]}]}'],
    ['design', '{"asOf":[1],"asked":{"capability":"math"}}'],
    ['experiments', '[]'],
    ['experiments', 'null'],
  ])('answers %s with a problem for the question %s', async (path, body) => {
    const response = await fetch(`${serving.url}/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 422, title: 'invalid question' });
  });

  it('passes on what an estimate met, with its limit, in the words of the service', async () => {
    const met = { limit: 'estimateHeap', value: 64, key: 'TRIBUTARY_ESTIMATE_HEAP_MIB' };
    const fault = new Fault('estimate_memory', 'ask about fewer slices', { met });
    answers = { ...answers, attribute: () => Promise.reject(fault) };
    await expect(remote().attribute({}, AS_OF)).rejects.toMatchObject({
      code: 'estimate_memory',
      message: 'ask about fewer slices',
      retryable: false,
      met,
    });
  });

  it('fails in a retryable way where an estimate fails, without the text of the fault', async () => {
    answers = { ...answers, attribute: () => Promise.reject(new Fault('engine_refused', 'secret text')) };
    const failed = remote().attribute({}, AS_OF);
    await expect(failed).rejects.toMatchObject({ code: 'attribution_failed', retryable: true });
    await expect(failed).rejects.not.toThrow('secret text');
  });
});

describe('an attribution service that is unreachable', () => {
  it('is a retryable fault that names the address', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(
      remoteAttributor({ url: `http://127.0.0.1:${port}`, millis: MILLIS }).experiments(AS_OF),
    ).rejects.toMatchObject({
      code: 'attribution_unreachable',
      retryable: true,
      message: expect.stringContaining(`http://127.0.0.1:${port}/v1/experiments`),
    });
  });

  it('is a fault where another server answers', async () => {
    const server = createServer((_request, response) => response.end('<html>welcome</html>'));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    const { port } = server.address() as AddressInfo;
    await expect(
      remoteAttributor({ url: `http://127.0.0.1:${port}`, millis: MILLIS }).experiments(AS_OF),
    ).rejects.toMatchObject({
      code: 'attribution_failed',
      message: expect.stringContaining('<html>welcome'),
    });
    await new Promise((resolve) => server.close(resolve));
  });
});
