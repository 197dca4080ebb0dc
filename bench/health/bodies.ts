/* Large bodies of requests. Each is new by its number, so that nothing is a repeat. */

export const mebibytes = (count: number): number => count * 1024 * 1024;

const column = (index: number): string => `{"name":"column_${index}","type":"VARCHAR(64)"}`;

const TIME = '2026-11-01T00:00:00Z';

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** An OpenLineage event with a facet of so many columns, of 50 bytes each. */
export function facetsOf(number: number, columns: number): string {
  const fields = Array.from({ length: columns }, (_, index) => column(index)).join();
  return `{"eventType":"COMPLETE","eventTime":"${TIME}","producer":"urn:bench",
    "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    "run":{"runId":"${uuid(number)}"},"job":{"namespace":"bench","name":"job"},
    "outputs":[{"namespace":"bench","name":"table","facets":{"schema":
      {"_producer":"urn:bench","_schemaURL":"urn:bench","fields":[${fields}]}}}]}`;
}

/** An event of about so many bytes whose data is an OpenLineage event. */
export function observed(number: number, bytes: number): object {
  const event: unknown = JSON.parse(facetsOf(number, Math.floor(bytes / 50)));
  return {
    specversion: '1.0',
    id: `observed-${number}`,
    source: 'urn:bench',
    type: 'lineage.run.observed',
    data: { subject: `run:${uuid(number)}`, kind: 'run', eventType: 'COMPLETE', eventTime: TIME, event },
  };
}

const RESOURCE = (number: number): string =>
  `{"attributes":[{"key":"tributary.run.id","value":{"stringValue":"otlp-${number}"}}]}`;

const NANOS = '1790000000000000000';

/** An OTLP export of gauges of about so many bytes. */
export function gauges(number: number, bytes: number): string {
  const point = `{"timeUnixNano":"${NANOS}","asDouble":1.5}`;
  const points = Array.from({ length: Math.floor(bytes / (point.length + 1)) }, () => point).join();
  return `{"resourceMetrics":[{"resource":${RESOURCE(number)},"scopeMetrics":[{"metrics":[{"name":"loss","gauge":{"dataPoints":[${points}]}}]}]}]}`;
}

/** An OTLP export of training steps of about so many bytes. */
export function spans(number: number, bytes: number): string {
  const span = (step: number) =>
    `{"name":"megatron.train_step","startTimeUnixNano":"${NANOS}","endTimeUnixNano":"${NANOS}","attributes":[{"key":"megatron.iteration","value":{"intValue":"${step}"}},{"key":"megatron.loss","value":{"doubleValue":1.5}}]}`;
  const count = Math.floor(bytes / span(10_000).length);
  const all = Array.from({ length: count }, (_, step) => span(step)).join();
  return `{"resourceSpans":[{"resource":${RESOURCE(number)},"scopeSpans":[{"spans":[${all}]}]}]}`;
}

/** Telemetry of 14,000 items, of nearly a mebibyte. */
export function items(number: number): object {
  const itemIds = Array.from(
    { length: 14_000 },
    (_, index) => `document-${index}-of-a-long-list-of-documents`,
  );
  return {
    specversion: '1.0',
    id: `items-${number}`,
    source: 'urn:bench',
    type: 'evaluation.items.recorded',
    data: {
      runId: `items-${number}`,
      step: 1,
      capability: 'code',
      benchmark: 'humaneval',
      metric: 'pass@1',
      harness: { name: 'bench', version: '1' },
      itemIds,
      values: itemIds.map((_, index) => index / 7),
    },
  };
}
