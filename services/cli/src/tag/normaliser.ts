import { readFile } from 'node:fs/promises';
import { EXIT, Exit } from '../exit.ts';
import { NormaliserDocument } from '../generated/documents.ts';
import type { NormaliserQuery } from '../generated/documents.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { TagOptions } from './tag-request.ts';

type Statistic = NonNullable<NormaliserQuery['normaliser']>['statistics'][number];

/**
 * The content of a file with a normaliser, or the frozen normaliser with this id. Exits with `unknown_normaliser` where
 * there is neither, and with `normaliser_invalid` for a file that is no JSON.
 */
export async function normaliserNamed(named: string, options: TagOptions): Promise<unknown> {
  const text = await readFile(named, 'utf8').catch(() => undefined);
  if (text === undefined) return frozen(named, options);
  try {
    return JSON.parse(text);
  } catch {
    throw new Exit(
      EXIT.failed,
      `${named} is no JSON, and a normaliser is a JSON object`,
      'normaliser_invalid',
    );
  }
}

async function frozen(id: string, options: TagOptions): Promise<unknown> {
  const { normaliser } = await withServer(options, (url) => ask(url, NormaliserDocument, { id }));
  if (normaliser) return normaliserFileOf(normaliser.statistics);
  const why = `there is no file ${id}, and no event mentions a normaliser with this id`;
  throw new Exit(EXIT.failed, why, 'unknown_normaliser');
}

/** Statistics as a file holds them. */
export function normaliserFileOf(statistics: readonly Statistic[]) {
  const of = (wanted: string) =>
    new Map(
      statistics.flatMap(({ feature, statistic, value }) => (statistic === wanted ? [[feature, value]] : [])),
    );
  const [means, deviations] = [of('mean'), of('sd')];
  const features = [...means.keys()].filter((feature) => feature !== 'logic');
  return {
    feature_order: features,
    corpus_mean: features.map((feature) => means.get(feature)),
    corpus_sd_population: features.map((feature) => deviations.get(feature)),
    logic_mean: means.get('logic'),
    logic_sd_population: deviations.get('logic'),
  };
}
