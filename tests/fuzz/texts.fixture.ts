import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUESTION_LIMITS } from '@tributary/capture';

const root = join(import.meta.dirname, '../..');
const examples = join(root, 'schemas/examples');

/** The valid examples of each fact as events, in the order of their folders. */
export function exampleEvents(): readonly Buffer[] {
  return readdirSync(examples).flatMap((context) =>
    readdirSync(join(examples, context)).flatMap((folder) => {
      const [entity, verb, major = ''] = folder.split('.');
      const type = `${context}.${entity}.${verb}`;
      return readdirSync(join(examples, context, folder)).map((name) => {
        const attributes = {
          specversion: '1.0',
          id: name,
          source: 'urn:fuzz',
          type,
          dataschema: `urn:tributary:schema:${type}:${major.slice(1)}.0`,
        };
        const data = readFileSync(join(examples, context, folder, name), 'utf8').trim();
        return Buffer.from(`${JSON.stringify(attributes).slice(0, -1)},"data":${data}}`);
      });
    }),
  );
}

/** Texts of JSON of every kind. */
export const JSON_TEXTS: readonly Buffer[] = [
  '{"a":[1,-2.5e3,"\\u0041\\ud83d\\ude00",null,true,false],"b":{"c":{}}}',
  '[]',
  '[[[[[1]]]],{"a":{"a":{"a":1}}}]',
  '{"loss":NaN,"low":-Infinity,"high":Infinity}',
  '0.30000000000000004',
  '"é"',
].map((text) => Buffer.from(text));

export const FILTERS: readonly Buffer[] = [
  'metrics.loss < 2 AND tags."mlflow.user" LIKE \'a%b_c\'',
  "attributes.status IN ('RUNNING', 'FINISHED') and params.`a b` != '1'",
  "dataset.name ILIKE '%Abc%%d' AND attribute.start_time >= 1700000000000",
  'tags.x IS NULL AND params.y IS NOT NULL AND metrics.z = -1.5e-3',
  'metrics.loss DESC',
].map((text) => Buffer.from(text));

/** Variables and documents of GraphQL, with what parsers and limits of questions are made for. */
export const QUESTIONS: readonly Buffer[] = [
  '{}\n---\n{ status { lag } }',
  '{"n":3}\n---\nquery Q($n: Int = 7) { deadLetters(first: $n) { nodes { id } pageInfo { endCursor } } }',
  '{"on":true}\n---\nquery ($on: Boolean!) { status @include(if: $on) { ...a } } fragment a on Status { lag ...b } fragment b on Status { ...a }',
  '{}\n---\n{ a: status { lag } b: status { lag } ... on Query { c: status { lag } } __typename }',
  '{}\n---\n{ __schema { types { fields { type { ofType { ofType { name } } } args { defaultValue } } } } }',
  '{"id":"x","by":{"kind":"run","of":[[1]]}}\n---\nmutation M($id: ID!) { replayDeadLetter(id: $id, fixedText: """a \\""" b""") { __typename } }',
  '{}\n---\n# a comment\n{ lineage(node: "a\\u0062", kinds: [dataset, run], depth: 1e0) { nodes { id } } }',
  `{"a":${'['.repeat(127)}${']'.repeat(127)}}\n---\n{ status { lag } }`,
  `{${'"":0,'.repeat(10_000)}"a":0}\n---\n{ status { lag } }`,
  '{"n":"x"}\n---\nquery Q($n: Int!) { deadLetters(first: $n) { nodes { id } } }',
  /* One field more than one request may ask. */
  `{}\n---\n{ ${Array.from({ length: QUESTION_LIMITS.rootFields + 1 }, (_, n) => `a${n}: status { lag }`).join(' ')} }`,
].map((text) => Buffer.from(text));

export const OPENLINEAGE: readonly Buffer[] = [
  {
    eventType: 'COMPLETE',
    eventTime: '2026-11-24T12:00:00.000Z',
    producer: 'https://example.com',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: {
      runId: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
      facets: { parent: { job: { name: 'j', namespace: 'n' } } },
    },
    job: { namespace: 'n', name: 'j', facets: {} },
    inputs: [
      { namespace: 'n', name: 'a', inputFacets: { dataQualityMetrics: { rowCount: 3, columnMetrics: {} } } },
    ],
    outputs: [
      { namespace: 'n', name: 'b', facets: { columnLineage: { fields: { c: { inputFields: [] } } } } },
    ],
  },
  {
    eventTime: '2026-11-24T12:00:00Z',
    producer: 'https://example.com',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: { namespace: 'n', name: 'a' },
  },
].map((event) => Buffer.from(JSON.stringify(event)));

const attribute = (key: string, value: object) => ({ key, value });
const RESOURCE = {
  attributes: [
    attribute('service.name', { stringValue: 'trainer' }),
    attribute('tributary.run.id', { stringValue: 'r' }),
  ],
};

export const OTLP: readonly Buffer[] = [
  {
    resourceMetrics: [
      {
        resource: RESOURCE,
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'loss',
                gauge: { dataPoints: [{ timeUnixNano: '1764000000000000000', asDouble: 2.5 }] },
              },
              {
                name: 'tokens',
                sum: { dataPoints: [{ timeUnixNano: '1764000000000000000', asInt: '7', attributes: [] }] },
              },
              {
                name: 'h',
                histogram: {
                  dataPoints: [{ timeUnixNano: 1, count: '2', sum: 3, bucketCounts: ['1', '1'] }],
                },
              },
            ],
          },
        ],
      },
    ],
  },
  {
    resourceSpans: [
      {
        resource: RESOURCE,
        scopeSpans: [
          {
            spans: [
              {
                traceId: '0af7651916cd43dd8448eb211c80319c',
                spanId: 'b7ad6b7169203331',
                name: 'megatron.train_step',
                startTimeUnixNano: '1764000000000000000',
                endTimeUnixNano: '1764000001000000000',
                attributes: [
                  attribute('megatron.iteration', { intValue: '3' }),
                  attribute('loss', { doubleValue: 2.5 }),
                  attribute('list', { arrayValue: { values: [{ boolValue: true }] } }),
                ],
              },
            ],
          },
        ],
      },
    ],
  },
].map((body) => Buffer.from(JSON.stringify(body)));
