import { admitRecord, modeOf, REQUEST_LIMITS } from '@tributary/capture';
import { findFlaw, jsonElements, lazyJson, tolerantJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import { encodeModel, inspectModel } from '@tributary/onnx';
import { filterOf, matches, ordersOf } from '@tributary/training';
import { isDeepStrictEqual } from 'node:util';
import { admit, latestTime } from '../../libs/core/capture/src/admit.ts';
import { split } from '../../libs/core/capture/src/split.ts';
import { parseJson } from '../../libs/core/json/src/parse.ts';
import { observe } from '../../libs/protocols/openlineage/src/observation.ts';
import { pointsOfBytes, pointsOfJson } from '../../libs/protocols/otlp/src/decoding/points.ts';
import { spansOfBytes, spansOfJson } from '../../libs/protocols/otlp/src/decoding/spans.ts';
import { gaugeEvents } from '../../libs/protocols/otlp/src/facts/gauge-events.ts';
import { decoded } from '../../libs/protocols/otlp/src/facts/read-exports.ts';
import { isRefusal } from '../../libs/protocols/otlp/src/facts/record.ts';
import { trainingOf } from '../../libs/protocols/otlp/src/facts/training-spans.ts';
import type { Target } from './target.fixture.ts';
import { exampleEvents, FILTERS, JSON_TEXTS, OPENLINEAGE, OTLP } from './texts.fixture.ts';

const LATEST = latestTime(Date.UTC(2026, 10, 30) * 1_000);

/** The value, or undefined where the text is refused as a reader of JSON may refuse it. */
function parsed(read: () => unknown): { value: unknown } | undefined {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Fault && !error.retryable)) return undefined;
    throw error;
  }
}

const json: Target = {
  name: 'JSON',
  seeds: async () => [...JSON_TEXTS, ...exampleEvents()],
  read(input) {
    const text = input.toString('utf8');
    const expected = parsed(() => JSON.parse(text));
    const found = parsed(() => parseJson(Buffer.from(text)));
    if (!isDeepStrictEqual(found, expected)) throw new Error('parseJson and JSON.parse differ');
    parsed(() => tolerantJson(text));
    parsed(() => lazyJson(input));
    parsed(() => [...jsonElements(input)]);
    if (expected === undefined) return 'refused';
    return findFlaw(Buffer.from(text)) ? 'flawed' : typeof expected.value;
  },
};

/** Each input is read as one event, as a batch and as lines. */
const cloudEvents: Target = {
  name: 'CloudEvents over HTTP',
  seeds: async () => {
    const events = exampleEvents();
    const some = events.slice(0, 3).map(String);
    return [...events, Buffer.from(`[${some.join(',')}]`), Buffer.from(some.join('\n'))];
  },
  read(input) {
    const outcomes = [
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      'application/x-ndjson',
    ].map((contentType) => {
      const mode = modeOf(contentType) ?? 'structured';
      const events = split(input, mode);
      if (!events) return 'no batch';
      const [first] = events.slice(0, 100).map((event) => admit(event, LATEST));
      if (first === undefined) return 'empty';
      return first.ok ? first.event.type : `${first.rejection.code} ${first.rejection.pointer.slice(0, 20)}`;
    });
    return outcomes.join(', ');
  },
};

/** The first byte says how many headers come first; each is a line with a colon. */
const topicRecord: Target = {
  name: 'a record of the topic',
  seeds: async () =>
    exampleEvents().flatMap((event) => {
      const structured = 'content-type:application/cloudevents+json\n';
      const stamped = `${structured}tributary-recordtime:1764000000000000\ntributary-schemaversion:1.0\n`;
      const { data, ...attributes } = JSON.parse(event.toString()) as Record<string, unknown>;
      const binary = Object.entries(attributes).map(([name, value]) => `ce_${name}:${String(value)}\n`);
      return [
        Buffer.concat([Buffer.from(`\u0001${structured}`), event]),
        Buffer.concat([Buffer.from(`\u0003${stamped}`), event]),
        Buffer.from(`\u0006content-type:application/json\n${binary.join('')}${JSON.stringify(data)}`),
      ];
    }),
  read(input) {
    const headers: [string, Buffer][] = [];
    let at = 1;
    for (let left = (input[0] ?? 0) % 10; left > 0; left -= 1) {
      const end = input.indexOf('\n', at);
      if (end < 0) break;
      const line = input.subarray(at, end);
      const colon = Math.max(0, line.indexOf(':'));
      headers.push([line.subarray(0, colon).toString(), line.subarray(colon + 1)]);
      at = end + 1;
    }
    const value = input.subarray(at);
    const record = { partition: 0, offset: 0, key: Buffer.from('run/r'), value, headers };
    const admitted = admitRecord({ ...record, timestamp: 1_764_000_000_000 });
    if (admitted.ok) return admitted.event.type;
    if (admitted.message === '') throw new Error('a refusal without a reason');
    return `${admitted.code} ${admitted.pointer.slice(0, 20)}`;
  },
};

const openLineage: Target = {
  name: 'OpenLineage',
  seeds: async () => OPENLINEAGE,
  read(input) {
    const observed = observe(input);
    return observed.ok
      ? (observed.observation.head.eventType ?? 'static')
      : observed.refusal.pointer.slice(0, 40);
  },
};

const otlp: Target = {
  name: 'OTLP',
  seeds: async () => [...OTLP, ...otlpMessages()],
  read(input) {
    try {
      const points = gaugeEvents(
        decoded(input, { ofBytes: pointsOfBytes, ofJson: pointsOfJson, limits: REQUEST_LIMITS }),
      );
      const { runs } = trainingOf(
        decoded(input, { ofBytes: spansOfBytes, ofJson: spansOfJson, limits: REQUEST_LIMITS }),
      );
      return `${points.events.length} events, ${runs.length} runs`;
    } catch (error) {
      if (isRefusal(error)) return error.code;
      throw error;
    }
  },
};

/** An export of one gauge as protobuf: resource metrics, scope metrics, metric, gauge, point (OTLP 1.x, field numbers). */
function otlpMessages(): readonly Buffer[] {
  const field = (number: number, ...parts: readonly Buffer[]): Buffer => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), content]);
  };
  const text = (value: string) => Buffer.from(value);
  const double = Buffer.from([0x21, 0, 0, 0, 0, 0, 0, 4, 0x40]);
  const time = Buffer.from([0x19, 0, 0, 0x10, 0x63, 0x2d, 0x5e, 0x7a, 0x18]);
  const run = field(1, field(1, text('tributary.run.id')), field(2, field(1, text('r'))));
  const metric = field(2, field(1, text('loss')), field(5, field(1, time, double)));
  const span = field(
    2,
    field(5, text('megatron.train_step')),
    field(9, field(1, text('megatron.iteration')), field(2, Buffer.from([0x18, 3]))),
    field(9, field(1, text('loss')), field(2, double)),
  );
  return [metric, span].map((content) => field(1, field(1, run), field(2, content)));
}

const CANDIDATE = {
  attributes: { status: 'RUNNING', start_time: 1.7e12, run_name: 'a%b' },
  metrics: new Map([['loss', 1.5]]),
  params: new Map([['a b', '1']]),
  tags: new Map([['mlflow.user', 'aXbYc'.repeat(20)]]),
  datasets: [{ name: 'abc d' }],
};

const trackerFilter: Target = {
  name: 'filters of MLflow',
  seeds: async () => FILTERS,
  read(input) {
    const text = input.toString('utf8');
    return [() => String(matches(CANDIDATE, filterOf(text))), () => ordersOf([text], [])[0]?.kind ?? '']
      .map(outcomeOfFilter)
      .join(', ');
  },
};

function outcomeOfFilter(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault && error.code === 'filter_invalid') return error.code;
    throw error;
  }
}

const onnx: Target = {
  name: 'ONNX models',
  seeds: async () => [smallModel()],
  read(input) {
    const inspected = inspectModel(input);
    return inspected.ok ? inspected.model.operators.join(' ') : inspected.refusal;
  },
};

/** A model that adds a constant, small enough that mutations meet every field. */
function smallModel(): Buffer {
  const tensor = { name: 'x', type: 'float32', dims: [2] } as const;
  const nodes = [{ operator: 'Add', inputs: ['x', 'c'], outputs: ['y'], integers: { axis: 1 } }];
  const constants = new Map([['c', { dims: [2], data: new Float32Array([1, 2]) }]]);
  const outputs = [{ ...tensor, name: 'y' }];
  return Buffer.from(
    encodeModel({ name: 'small', inputs: [tensor], outputs, constants, nodes, metadata: { a: 'b' } }),
  );
}

export const TARGETS: readonly Target[] = [
  json,
  cloudEvents,
  topicRecord,
  openLineage,
  otlp,
  trackerFilter,
  onnx,
];
