import { expect, it } from 'vitest';
import { partialSuccessMessage } from './decoding/message.ts';
import { pointsOfBytes, pointsOfJson } from './decoding/points.ts';
import { spansOfBytes, spansOfJson } from './decoding/spans.ts';
import { gaugeEvents } from './facts/gauge-events.ts';
import { pointRequests, spanRequests } from './facts/refused-request.ts';
import { stepEvents } from './facts/step-events.ts';
import { trainingOf } from './facts/training-spans.ts';
import { attribute, factOf, fixed, int, join, message } from './otlp.fixture.ts';

const resource = message([1, attribute('nemo.run.id', message([1, 'r']))]);
const TIME = 1_764_000_000_000_000_000n;

const stepBytes = (step: number, loss: number): Uint8Array =>
  join(
    message([5, 'megatron.train_step']),
    fixed(8, TIME),
    message(
      [9, attribute('megatron.iteration', int(3, step))],
      [9, attribute('megatron.loss', message([4, loss]))],
    ),
  );

const stepJson = (iteration: number, loss: number | string, more: object = {}) => ({
  name: 'megatron.train_step',
  endTimeUnixNano: String(TIME),
  attributes: [
    { key: 'megatron.iteration', value: { intValue: String(iteration) } },
    { key: 'megatron.loss', value: { doubleValue: loss } },
  ],
  ...more,
});

const resourceJson = { attributes: [{ key: 'nemo.run.id', value: { stringValue: 'r' } }] };
const tracesJson = (...spans: object[]) => ({
  resourceSpans: [{ resource: resourceJson, scopeSpans: [{ spans }] }],
});
const trained = (...spans: object[]) => trainingOf(spansOfJson(tracesJson(...spans)));

it('reads the same spans from protobuf and from JSON', () => {
  const spans = message([2, stepBytes(1, 2.5)], [2, stepBytes(2, 2.25)]);
  const bytes = message([1, message([1, resource], [2, spans])]);
  expect(spansOfBytes(bytes)).toEqual(spansOfJson(tracesJson(stepJson(1, 2.5), stepJson(2, 2.25))));
});

it('throws on bytes that are no message', () => {
  expect(() => spansOfBytes(Buffer.from('abcdef'))).toThrow(/wire type|premature/);
});

it('makes one event of the steps of an attempt, ascending, with nonfinite values named', () => {
  const { runs } = trained(stepJson(3, 'NaN'), stepJson(1, 3), stepJson(2, '-Infinity'));
  const [run] = runs;
  const events = run ? [...stepEvents(run, run.steps)] : [];
  expect(events.map(factOf)).toMatchObject([
    {
      type: 'training.steps.recorded',
      data: {
        runId: 'r',
        attempt: 1,
        steps: [1, 2, 3],
        columns: { loss: [3, null, null] },
        nonfinite: {
          loss: [
            { index: 1, value: '-inf' },
            { index: 2, value: 'nan' },
          ],
        },
      },
    },
  ]);
});

it('gives a retried export the same ids', () => {
  const ids = () =>
    trained(stepJson(1, 3)).runs.flatMap((run) => [...run.events, ...stepEvents(run, run.steps)]);
  expect(ids().map(({ id }) => id)).toEqual(ids().map(({ id }) => id));
});

it('records a repeated step once, and counts a contradicting one', () => {
  const { runs, contradicting } = trained(stepJson(1, 3), stepJson(1, 3), stepJson(1, 4));
  expect([...(runs[0]?.steps ?? [])]).toEqual([[1, new Map([['loss', 3]])]]);
  expect(contradicting.map(({ span }) => span.attributes.get('megatron.loss'))).toEqual([4]);
});

it('ignores spans of no training run and of a resource without a run', () => {
  expect(trained({ name: 'megatron.forward' }, { name: 'GET /' }, stepJson(1, 3)).ignored).toBe(2);
  const anonymous = { resourceSpans: [{ scopeSpans: [{ spans: [stepJson(1, 3)] }] }] };
  expect(trainingOf(spansOfJson(anonymous))).toEqual({ runs: [], ignored: 1, contradicting: [] });
});

it('counts a restarted job as a further attempt', () => {
  const attributes = [...resourceJson.attributes, { key: 'slurm.restart_count', value: { intValue: 2 } }];
  const body = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [stepJson(1, 3)] }] }] };
  expect(trainingOf(spansOfJson(body)).runs).toMatchObject([{ runId: 'r', attempt: 3 }]);
});

it('derives checkpoints and the end of a run from their spans', () => {
  const attributes = [{ key: 'megatron.iteration', value: { intValue: 5 } }];
  const saved = { name: 'megatron.save_checkpoint', endTimeUnixNano: String(TIME), attributes };
  const failed = { name: 'megatron.pretrain', endTimeUnixNano: String(TIME), status: { code: 2 } };
  const facts = trained(saved, failed).runs.flatMap(({ events }) => events.map(factOf));
  expect(facts.map(({ type }) => type)).toEqual([
    'training.run.started',
    'training.checkpoint.saved',
    'training.run.ended',
  ]);
  expect(facts[1].data).toEqual({ runId: 'r', attempt: 1, step: 5, checkpointId: 'r/iter_0000005' });
  expect(facts[2]).toMatchObject({ time: '2025-11-24T16:00:00.000000Z', data: { status: 'failed' } });
});

it('reads gauges and histograms alike from protobuf and from JSON, without a step', () => {
  const gauge = message([1, 'loss'], [5, message([1, join(fixed(3, TIME), message([4, 2.5]))])]);
  const histogram = message(
    [1, 'ms'],
    [9, message([1, join(fixed(3, TIME), fixed(4, 2n), message([5, 7], [11, 3], [12, 4]))])],
  );
  const bytes = message([1, message([1, resource], [2, message([2, gauge], [2, histogram])])]);
  const timeUnixNano = String(TIME);
  const metrics = [
    { name: 'loss', gauge: { dataPoints: [{ timeUnixNano, asDouble: 2.5 }] } },
    { name: 'ms', histogram: { dataPoints: [{ timeUnixNano, count: '2', sum: 7, min: 3, max: 4 }] } },
  ];
  const json = pointsOfJson({ resourceMetrics: [{ resource: resourceJson, scopeMetrics: [{ metrics }] }] });
  expect(pointsOfBytes(bytes)).toEqual(json);
  const { events } = gaugeEvents(json);
  expect(events.map(factOf).at(-1).data).toMatchObject({
    runId: 'r',
    keys: ['loss', 'ms.count', 'ms.sum', 'ms.min', 'ms.max'],
    steps: [null, null, null, null, null],
    values: [2.5, 2, 7, 3, 4],
  });
});

it('sends an empty answer for a full success, and both fields for a partial one', () => {
  expect(partialSuccessMessage(0, '')).toEqual(new Uint8Array());
  expect(Buffer.from(partialSuccessMessage(3, 'why')).toString('hex')).toBe('0a0708031203776879');
});

it('encodes spans or points as requests that are decoded to the same', () => {
  const json = ({ bytes }: { bytes: Uint8Array }): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));
  const exported = spansOfJson(tracesJson(stepJson(7, 'NaN', { status: { code: 2 } }), stepJson(8, -0.5)));
  const spans = exported.flatMap(({ resource, spans: all }) => all.map((span) => ({ resource, span })));
  const decoded = spanRequests(spans).flatMap((request) => spansOfJson(json(request)));
  expect(decoded.flatMap(({ spans: all }) => all)).toEqual(spans.map(({ span }) => span));
  const point = { name: '', value: Infinity, time: 5, attributes: new Map([['rank', 1]]) };
  const resource = new Map([['nemo.run.id', 'r']]);
  expect(pointRequests([{ resource, point }]).map((request) => pointsOfJson(json(request)))).toEqual([
    [{ resource, points: [point] }],
  ]);
});

it('separates points without a usable name from points of no run', () => {
  const point = { value: 1, time: 5, attributes: new Map<string, number>() };
  const points = ['loss', '', 'x'.repeat(251)].map((name) => ({ ...point, name }));
  const run = new Map([['nemo.run.id', 'r']]);
  const { events, ignored, unnamed } = gaugeEvents([
    { resource: run, points },
    { resource: new Map(), points },
  ]);
  expect(events.map(factOf).at(-1).data.keys).toEqual(['loss']);
  expect([ignored, unnamed.map((one) => one.point.name.length)]).toEqual([3, [0, 251]]);
});
