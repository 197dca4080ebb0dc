import type { ChildProcess } from 'node:child_process';
import { setImmediate as immediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeModel } from './encode-model.ts';
import { openModel, type ModelRunner } from './model-runner.ts';
import { affine, digestOf, numbers, opened, power, square, withOperator } from './models.fixture.ts';
import { startProcess } from './model-worker.ts';
import { runBatches } from './run-batches.ts';
import type { Tensors } from './tensor.ts';

let runner: ModelRunner;
beforeAll(async () => {
  runner = await opened(power, { workers: 2 });
});
afterAll(() => runner.close());

/** About a second of one core. */
const LARGE = square(512);
const SMALL = square(2);

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const value of values) read.push(value);
  return read;
}

describe('a model that is not opened', () => {
  it('has another digest', async () => {
    const bytes = encodeModel(affine);
    expect(await openModel(bytes, { sha256: digestOf(bytes.subarray(1)) })).toMatchObject({
      refusal: 'model_digest',
      text: expect.stringContaining(digestOf(bytes)),
    });
  });

  it('has an operator that the runtime lacks', async () => {
    const bytes = encodeModel(withOperator('Frobnicate'));
    const options = { sha256: digestOf(bytes) };
    expect(await openModel(bytes, options)).toMatchObject({
      refusal: 'model_operator',
      text: expect.stringContaining('Frobnicate'),
    });
  });
});

it('computes what the graph says, and refuses inputs of another shape', async () => {
  const one = await opened(affine);
  expect(await one.run({ x: numbers([2, 2], 1, 0, 0, 1) })).toEqual({
    ok: true,
    outputs: { y: numbers([2, 2], 1.5, 1.5, 3.5, 3.5) },
  });
  const wrong: Tensors[] = [
    {},
    { x: numbers([1, 3], 1, 2, 3) },
    { x: numbers([2], 1, 2) },
    { x: numbers([2, 2], 1) },
    { x: { dims: [1, 2], data: Int32Array.of(1, 2) } },
  ];
  for (const inputs of wrong) expect(await one.run(inputs)).toMatchObject({ refusal: 'input_shape' });
  await one.close();
  expect(await one.run({ x: numbers([1, 2], 1, 0) })).toMatchObject({ refusal: 'closed' });
});

it('refuses a free axis that has two lengths', async () => {
  expect(await runner.run({ x: numbers([1, 2], 1, 2) })).toMatchObject({ refusal: 'input_shape' });
});

it('leaves the event loop of the caller free while a batch runs', async () => {
  const order: string[] = [];
  const ran = runner.run(LARGE).then(() => order.push('ran'));
  for (let turn = 0; turn < 50; turn++) await immediate();
  order.push('fifty turns');
  await ran;
  expect(order).toEqual(['fifty turns', 'ran']);
});

it('gives equal bytes in equal order with one worker and with two', async () => {
  const batches = Array.from({ length: 12 }, (_, index) => ({
    x: numbers([2, 2], 0.5, index / 10, 0.25, 0.5),
  }));
  const one = await opened(power, { workers: 1 });
  const results = (from: ModelRunner) => all(runBatches(from, batches));
  const expected = await results(one);
  expect(await results(runner)).toEqual(expected);
  expect(expected.every(({ ok }) => ok)).toBe(true);
  await one.close();
});

it('takes the next batch when a result has been read, and reports progress', async () => {
  let taken = 0;
  const batches = function* () {
    for (; taken < 20; taken++) yield SMALL;
  };
  const seen: number[] = [];
  let read = 0;
  for await (const ran of runBatches(runner, batches(), {
    onProgress: (progress) => seen.push(progress.batches),
  })) {
    expect(ran.ok).toBe(true);
    expect(taken - read++).toBeLessThanOrEqual(2 * runner.workerCount);
  }
  expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

it('refuses what was cancelled, waiting or running, and takes no further batch', async () => {
  const cancel = new AbortController();
  const running = [
    runner.run(LARGE, { signal: cancel.signal }),
    runner.run(LARGE, { signal: cancel.signal }),
  ];
  const waiting = runner.run(SMALL, { signal: cancel.signal });
  cancel.abort();
  for (const ran of [...running, waiting, runner.run(SMALL, { signal: cancel.signal })])
    expect(await ran).toMatchObject({ refusal: 'cancelled' });
  const batches = runBatches(runner, [SMALL, SMALL], { signal: cancel.signal });
  expect(await all(batches)).toEqual([]);
});

it('replaces a worker that takes too long, and one that dies; their batches are refused with the reason', async () => {
  const processes: ChildProcess[] = [];
  const start = (): ChildProcess => {
    processes.push(startProcess());
    return processes.at(-1)!;
  };
  const one = await opened(power, { startProcess: start });
  expect(await one.run(LARGE, { timeoutMs: 1 })).toMatchObject({ refusal: 'worker_timeout' });
  expect(await one.run(SMALL)).toMatchObject({ ok: true });
  const running = one.run(LARGE);
  const waiting = one.run(SMALL);
  await immediate();
  processes.at(-1)!.kill('SIGKILL');
  expect(await running).toMatchObject({ refusal: 'worker_died', text: expect.stringContaining('SIGKILL') });
  expect(await waiting).toMatchObject({ ok: true });
  expect(processes).toHaveLength(3);
  await one.close();
});
