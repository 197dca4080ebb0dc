import {
  EntityDocument,
  ExposureDifferenceDocument,
  RunFactsDocument,
  ScoresDocument,
} from '../generated/documents.ts';
import type { ExposureDifferenceQuery, RunFactsQuery, ScoresQuery } from '../generated/documents.ts';
import { ask, present } from '../server/graphql.ts';
import { pagesOf } from './answers.ts';
import type { AnswerEnd, Compared } from './answers.ts';
import { configurationOf } from './configuration.ts';
import { keyPart, recordedIn, sectionOf } from './section.ts';
import type { Recorded, Section } from './section.ts';

/** What two runs differ in: what is recorded of them, how they were configured, what they consumed, and their scores. */
export async function compareRuns(
  url: string,
  [first, second]: readonly [string, string],
  asOf: string,
): Promise<Compared> {
  const [one, other] = [await runOf(url, first, asOf), await runOf(url, second, asOf)];
  const { exposureDifference } = await ask(url, ExposureDifferenceDocument, {
    run: first,
    otherRun: second,
    by: 'slice',
    asOf,
  });
  const consumed = present(exposureDifference, url);
  return {
    sections: [
      sectionOf('facts', one.facts, other.facts),
      sectionOf('configuration', one.configuration, other.configuration),
      consumedSection(consumed),
      sectionOf('scores', one.scores, other.scores),
    ],
    ends: [...one.ends, ...other.ends, consumed],
  };
}

type Run = {
  readonly facts: Recorded;
  readonly configuration: Recorded;
  readonly scores: Recorded;
  readonly ends: readonly AnswerEnd[];
};

async function runOf(url: string, id: string, asOf: string): Promise<Run> {
  const { entity } = await ask(url, EntityDocument, { id: `run:${id}`, asOf });
  const { run, trackedRun } = await ask(url, RunFactsDocument, { id, asOf });
  const newest = run?.attempt ?? null;
  const configuration = await configurationOf(url, id, { ...present(entity, url), newest });
  const pages = await pagesOf(async (after) =>
    present((await ask(url, ScoresDocument, { run: id, after, asOf })).scores, url),
  );
  const answers = [run, trackedRun].filter((answer) => answer !== null);
  return {
    facts: factsOf(run, trackedRun),
    configuration: configuration.values,
    scores: scoresOf(pages.flatMap(({ nodes }) => nodes)),
    ends: [...answers, configuration.end, ...pages],
  };
}

function factsOf(run: RunFactsQuery['run'], tracked: RunFactsQuery['trackedRun']): Recorded {
  const { complete: _complete, reason: _reason, lag: _lag, ...facts } = run ?? { complete: true, lag: 0 };
  const params = (tracked?.params ?? []).map(({ key, value }) => [`param ${key}`, value] as const);
  const tags = (tracked?.tags ?? []).map(({ key, value }) => [`tag ${key}`, value] as const);
  return new Map([...recordedIn(facts), ...params, ...tags]);
}

/** Sums of tokens where they are known. A unit stands with a slice that was counted in another one. */
function consumedSection({ rows }: NonNullable<ExposureDifferenceQuery['exposureDifference']>): Section {
  const keyOf = (row: (typeof rows)[number]): string =>
    `${row.unknown ? '(unknown)' : row.slice}${row.unit === 'token' ? '' : ` (${row.unit})`}`;
  return sectionOf(
    'consumed',
    new Map(rows.map((row) => [keyOf(row), row.first])),
    new Map(rows.map((row) => [keyOf(row), row.second])),
  );
}

type Score = NonNullable<ScoresQuery['scores']>['nodes'][number];

/** The last score of each measure. What makes two measures incomparable is in the key. */
function scoresOf(scores: readonly Score[]): Recorded {
  const last = new Map<string, Score>();
  for (const score of scores) {
    const known = last.get(keyOf(score));
    if (!known || stepOf(score) >= stepOf(known)) last.set(keyOf(score), score);
  }
  return new Map([...last].map(([key, { value }]) => [key, value]));
}

/** A score without a step is of the finished model. */
const stepOf = ({ step }: Score): number => step ?? Infinity;

function keyOf({ benchmark, capability, metric, unit, ...measure }: Score): string {
  const { split, metricVersion, shots, filter, taskVersion, taskHash, limit, precision, harness } = measure;
  const named = recordedIn({
    harness,
    split,
    version: metricVersion,
    shots,
    filter,
    task: taskVersion,
    'task hash': taskHash,
    limit,
    precision,
  });
  const parts = [...named].map(([name, value]) => `${name} ${keyPart(String(value))}`);
  const [of, on, by, in_] = [capability, benchmark, metric, unit].map(keyPart);
  return [`${of}: ${on} ${by}${unit === metric ? '' : ` (${in_})`}`, ...parts].join(', ');
}
