import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fact, ndjson } from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';

/** What a client sends again and again. */
export type Load = { readonly title: string; readonly send: (server: ServerUnderTest) => Promise<unknown> };

const LAB = new Uint8Array(readFileSync(join(import.meta.dirname, '../../examples/lab/log.ndjson.gz')));
const SCORES = 10_000;
const BATCH = 5_000;

const score = (step: number) =>
  fact('evaluation.score.recorded', {
    runId: 'many',
    step,
    capability: 'code',
    benchmark: 'humaneval',
    metric: 'pass@1',
    value: step / SCORES,
    unit: 'share',
    higherIsBetter: true,
    harness: { name: 'bench', version: '1' },
    method: 'measured',
  });

/** Records the shipped experiment and 10,000 scores of one run, and waits until the tables hold them. */
export async function record(server: ServerUnderTest): Promise<void> {
  await accepted(server.send(LAB, { encoding: 'gzip', query: '?atomic=false' }));
  for (let first = 0; first < SCORES; first += BATCH)
    await accepted(server.send(ndjson(Array.from({ length: BATCH }, (_, step) => score(first + step)))));
  await server.caughtUp();
}

async function accepted(reply: ReturnType<ServerUnderTest['send']>): Promise<void> {
  const { status, text } = await reply;
  if (status !== 201) throw new Error(`${status}: ${text.slice(0, 500)}`);
}

const ask = (query: string) => async (server: ServerUnderTest) => {
  const text = await server.askText(query);
  if (text.startsWith('{"errors"')) throw new Error(text.slice(0, 500));
};

const FIELDS =
  'run checkpoint step capability benchmark metric split metricVersion shots filter taskVersion taskHash value stderr items unit higherIsBetter harness method evidence';

let made = 0;
/** A batch of new events, each of a stream of its own. */
function batch(): string {
  made += 1;
  const data = (run: number) => ({
    runId: `run-${made}-${run}`,
    attempt: 1,
    status: 'completed',
    lastStep: 1,
  });
  return ndjson(Array.from({ length: BATCH }, (_, run) => fact('training.run.ended', data(run))));
}

/** An OpenLineage event with facets of nearly a megabyte. */
function facets(): string {
  made += 1;
  const columns = Array.from({ length: 12_000 }, (_, index) => ({
    name: `column_${index}`,
    type: 'VARCHAR(64)',
  }));
  const schema = { _producer: 'urn:bench', _schemaURL: 'urn:bench', fields: columns };
  return JSON.stringify({
    eventType: 'COMPLETE',
    eventTime: '2026-11-01T00:00:00Z',
    producer: 'urn:bench',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}` },
    job: { namespace: 'bench', name: 'job' },
    outputs: [{ namespace: 'bench', name: 'table', facets: { schema } }],
  });
}

/** Questions that merge into one answer, after the validation of graphql has compared them in pairs. */
const twenty = `{ ${'runs { nodes { id status lastStep lastLoss } totalCount } '.repeat(20)} }`;

export const loads: readonly Load[] = [
  { title: 'nothing', send: () => pause(50) },
  {
    title: 'lists of 10,000 scores',
    send: ask(`{ scores(run: "many", first: 10000) { nodes { ${FIELDS} } } }`),
  },
  { title: 'batches of 5,000 events', send: (server) => accepted(server.send(batch())) },
  {
    title: 'OpenLineage events with 12,000 columns',
    send: async ({ url }) => {
      const response = await fetch(`${url}/api/v1/lineage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: facets(),
      });
      if (!response.ok) throw new Error(`${response.status}: ${(await response.text()).slice(0, 500)}`);
      await response.text();
    },
  },
  {
    title: 'attributions of one slice',
    send: ask(
      '{ attribution(experiment: "lab", capabilities: ["math_text"], slices: ["code"], displacement: "proportional") { ... on Attribution { effects { effect } } } }',
    ),
  },
  { title: '20 questions in one request', send: ask(twenty) },
];
