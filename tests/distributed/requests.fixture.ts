import type { ProcessUnderTest } from './process-under-test.fixture.ts';

let made = 0;

export type Sent = { readonly id: string } & Readonly<Record<string, unknown>>;

/** An event of the type with a new id, unless one is given. */
export function fact(type: string, data: object, id?: string): Sent {
  made += 1;
  return { specversion: '1.0', id: id ?? `fact-${made}`, source: 'urn:test', type, data };
}

export const started = (runId: string, id?: string): Sent =>
  fact(
    'training.run.started',
    { runId, attempt: 1, model: { name: 'm' }, config: { width: 64 }, seeds: {} },
    id,
  );

export type Stored = {
  readonly stored: number;
  readonly duplicates: number;
  readonly receipts: readonly { readonly position: string; readonly id: string }[];
};

/** Sends events as NDJSON. Throws unless the log has all of them afterwards. */
export async function send(
  { url }: Pick<ProcessUnderTest, 'url'>,
  events: readonly Sent[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Stored> {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
    body: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  });
  const text = await response.text();
  if (response.status !== 200 && response.status !== 201) throw new Error(`${response.status}: ${text}`);
  return JSON.parse(text) as Stored;
}

/** Waits until the log position of a process includes at least `events` events; returns that position. */
export async function logPositionWith(
  process: Pick<ProcessUnderTest, 'url'>,
  events: number,
): Promise<string> {
  for (;;) {
    const { status } = await ask<{ status: { log: { position: string } } }>(
      process,
      '{ status { log { position } } }',
    );
    const { position } = status.log;
    if (position.split(',').reduce((sum, count) => sum + Number(count), 0) >= events) return position;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The data of a GraphQL response. Throws if the response has errors. */
export async function ask<Answer>(
  { url }: Pick<ProcessUnderTest, 'url'>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}
