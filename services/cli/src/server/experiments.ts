import { EXIT, Exit } from '../exit.ts';
import { ask } from './graphql.ts';

export type KnownExperiment = { readonly id: string; readonly slices: readonly string[] };

export const EXPERIMENTS = /* GraphQL */ `
  query Experiments($asOf: Position) {
    experiments(asOf: $asOf) {
      id
      slices
    }
  }
`;

/** The experiment with this id, or the only one whose id starts so. */
export async function experimentBy(url: string, prefix: string, asOf?: string): Promise<KnownExperiment> {
  const { experiments } = await ask<{ experiments: KnownExperiment[] }>(url, EXPERIMENTS, { asOf });
  return onlyMatch(experiments, prefix);
}

export function onlyMatch(experiments: readonly KnownExperiment[], prefix: string): KnownExperiment {
  const exact = experiments.find(({ id }) => id === prefix);
  const matches = exact ? [exact] : experiments.filter(({ id }) => id.startsWith(prefix));
  const [match] = matches;
  if (match && matches.length === 1) return match;
  const ids = (matches.length > 1 ? matches : experiments).map(({ id }) => id);
  const there =
    ids.length > 0 ? `there are: ${ids.slice(0, 20).join(', ')}` : 'there is none; import one first';
  const problem =
    matches.length > 1 ? `several experiments start with ${prefix}` : `there is no experiment ${prefix}`;
  throw new Exit(EXIT.failed, `${problem}; ${there}.`, 'unknown_experiment');
}
