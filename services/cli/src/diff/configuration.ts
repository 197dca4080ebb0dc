import { EventAtDocument } from '../generated/documents.ts';
import type { EntityQuery } from '../generated/documents.ts';
import { EXIT, Exit } from '../exit.ts';
import { credentialHeader } from '../server/credential.ts';
import { ask } from '../server/graphql.ts';
import { valuesIn } from './section.ts';
import type { Recorded } from './section.ts';
import type { AnswerEnd } from './answers.ts';

type Named = Pick<NonNullable<EntityQuery['entity']>, 'events' | 'evidenceTotal'>;

/** Which run and which attempt it is says nothing about its configuration. */
const OF_THE_RUN: ReadonlySet<string> = new Set(['runId', 'attempt']);

/**
 * What the last start of a run among the first events that name it said of its configuration: everything in that fact, by
 * pointer. Incomplete where later events may start it again.
 */
export async function configurationOf(
  url: string,
  { events, evidenceTotal }: Named,
): Promise<{ readonly values: Recorded; readonly end: AnswerEnd }> {
  const started = events.filter(({ type }) => type === 'training.run.started').at(-1);
  const isListed = events.length === evidenceTotal;
  const end = {
    complete: isListed || started !== undefined,
    reason:
      isListed || started ? null : `the start of the run is not among its first ${events.length} events`,
    lag: 0,
  };
  if (!started) return { values: new Map(), end };
  const { event } = await ask(url, EventAtDocument, { position: started.position });
  const data = event ? await dataOf(url, JSON.parse(event.json)) : {};
  return { values: new Map(valuesIn(withoutIdentity(data))), end };
}

const withoutIdentity = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !OF_THE_RUN.has(key)));

type Stored = { readonly data?: object; readonly datadigest?: string };

/** Long data are a blob. */
async function dataOf(url: string, { data, datadigest }: Stored): Promise<object> {
  if (data !== undefined) return data;
  const response = await fetch(`${url}/v1/blobs/${(datadigest ?? '').replace(/^sha256:/, '')}`, {
    headers: credentialHeader(url),
  });
  if (response.ok) return Object(await response.json());
  throw new Exit(EXIT.failed, `${url} does not give the data of a fact: ${response.status}`);
}
