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
 * What the newest start of a run among the first events that name it said of its configuration: everything in that fact, by
 * pointer; where there is no start, its plan. Starts of other runs name it too, where they were forked from it. `newest` is
 * the newest attempt that is recorded: the answer is incomplete where its start may be among the events that are not listed.
 */
export async function configurationOf(
  url: string,
  run: string,
  { events, evidenceTotal, newest }: Named & { readonly newest: number | null },
): Promise<{ readonly values: Recorded; readonly end: AnswerEnd }> {
  const started = await newestStart(url, run, events);
  const attempt = attemptOf(started);
  const complete = started && attempt > 0 ? attempt === newest : events.length === evidenceTotal;
  const missing = newest === null ? 'the start of the run' : `the start of its attempt ${newest}`;
  const from = attempt > 0 ? `attempt ${attempt}` : 'its plan';
  const shown = started === undefined ? '' : `, so the configuration is that of ${from}`;
  const reason = complete ? null : `${missing} is not among its first ${events.length} events${shown}`;
  return {
    values: new Map(valuesIn(withoutIdentity(started ?? {}))),
    end: { complete, reason, lag: 0 },
  };
}

type Start = Readonly<Record<string, unknown>>;

/** A plan has none, and is before the first. */
const attemptOf = (start: Start | undefined): number => Number(start?.['attempt'] ?? 0);

const BEGINNINGS: ReadonlySet<string> = new Set(['training.run.started', 'training.run.planned']);

/** The data of the start of the run's newest attempt among these events; of the last one where it was recorded twice. */
async function newestStart(url: string, run: string, events: Named['events']): Promise<Start | undefined> {
  let newest: Start | undefined;
  for (const { position } of events.filter(({ type }) => BEGINNINGS.has(type))) {
    const { event } = await ask(url, EventAtDocument, { position });
    const data: Start = event ? await dataOf(url, JSON.parse(event.json)) : {};
    const isNewer = newest === undefined || attemptOf(data) >= attemptOf(newest);
    if (data['runId'] === run && isNewer) newest = data;
  }
  return newest;
}

const withoutIdentity = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !OF_THE_RUN.has(key)));

type Stored = { readonly data?: Record<string, unknown>; readonly datadigest?: string };

/** Long data are a blob. */
async function dataOf(url: string, { data, datadigest }: Stored): Promise<Record<string, unknown>> {
  if (data !== undefined) return data;
  const response = await fetch(`${url}/v1/blobs/${(datadigest ?? '').replace(/^sha256:/, '')}`, {
    headers: credentialHeader(url),
  });
  if (response.ok) return Object(await response.json());
  throw new Exit(EXIT.failed, `${url} does not give the data of a fact: ${response.status}`);
}
