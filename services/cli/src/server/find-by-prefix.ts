import { EXIT, Exit } from '../exit.ts';
import { ExperimentsDocument, RunsWithPrefixDocument, StatusDocument } from '../generated/documents.ts';
import type { ExperimentOrigin, ExperimentsQuery } from '../generated/documents.ts';
import { ask } from './graphql.ts';

export type Experiment = ExperimentsQuery['experiments']['nodes'][number];

type Wanted = { readonly asOf?: string | undefined; readonly origin?: ExperimentOrigin };

/** The experiments that the server knows, of one origin where it is given. */
export async function experimentsOf(url: string, { asOf, origin }: Wanted): Promise<Experiment[]> {
  const found: Experiment[] = [];
  let after: string | null = null;
  do {
    const { experiments }: ExperimentsQuery = await ask(url, ExperimentsDocument, { after, origin, asOf });
    for (const experiment of experiments.nodes) found.push(experiment);
    after = experiments.pageInfo.hasNextPage ? experiments.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

/** The experiment with this id, or the only one whose id starts with it. Found ones count where no assigned one fits. */
export async function experimentByPrefix(url: string, prefix: string, asOf?: string): Promise<Experiment> {
  const assigned = await experimentsOf(url, { asOf, origin: 'assigned' });
  const isAssigned = assigned.some(({ id }) => id.startsWith(prefix));
  return onlyMatch(isAssigned ? assigned : await experimentsOf(url, { asOf }), prefix);
}

export function onlyMatch<Known extends { readonly id: string }>(
  experiments: readonly Known[],
  prefix: string,
): Known {
  const exact = experiments.find(({ id }) => id === prefix);
  const matches = exact ? [exact] : experiments.filter(({ id }) => id.startsWith(prefix));
  const [match] = matches;
  if (match && matches.length === 1) return match;
  const ids = (matches.length > 1 ? matches : experiments).map(({ id }) => id);
  const known = ids.length > 0 ? `there are: ${firstOf(ids)}` : 'there is none; import one first';
  const problem =
    matches.length > 1 ? `several experiments start with ${prefix}` : `there is no experiment ${prefix}`;
  throw new Exit(EXIT.failed, `${problem}; ${known}.`, 'unknown_experiment');
}

/** Experiments that a refusal names. */
const NAMED = 20;

const firstOf = (ids: readonly string[]): string =>
  ids.slice(0, NAMED).join(', ') + (ids.length > NAMED ? ', …' : '');

/** Runs that the question asks for. */
const ASKED = 10;

/**
 * The run with this id, or the only one whose id starts with it, among all that is in the log now. The text itself where
 * none does: a run can be known by what refers to it alone, and the server says where it is not.
 */
export async function runByPrefix(url: string, prefix: string, asOf?: string): Promise<string> {
  const { runs } = await ask(url, RunsWithPrefixDocument, { prefix, asOf });
  const matches = runs?.nodes.map(({ id }) => id) ?? [];
  if (matches.length === 0 && asOf === undefined) {
    const { status } = await ask(url, StatusDocument, {});
    if (status.lag > 0) return runByPrefix(url, prefix, status.log.position);
  }
  const [match = prefix] = matches;
  if (match === prefix || matches.length === 1) return match;
  const problem = `several runs start with ${prefix}: ${matches.join(', ')}${matches.length < ASKED ? '' : ', …'}`;
  throw new Exit(EXIT.failed, `${problem}. Give its id or an unambiguous prefix of it.`, 'unknown_run');
}
