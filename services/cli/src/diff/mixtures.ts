import { MixtureDocument } from '../generated/documents.ts';
import { ask, present } from '../server/graphql.ts';
import type { AnswerEnd, Compared } from './answers.ts';
import { keyPart, recordedIn, sectionOf, summed } from './section.ts';
import type { Recorded } from './section.ts';

/** What two mixtures differ in: who decided what and why, and the share of each slice by phase. */
export async function compareMixtures(
  url: string,
  [first, second]: readonly [string, string],
  asOf: string,
): Promise<Compared> {
  const [one, other] = [await mixtureOf(url, first, asOf), await mixtureOf(url, second, asOf)];
  return {
    sections: [sectionOf('facts', one.facts, other.facts), sectionOf('weights', one.weights, other.weights)],
    ends: [one.end, other.end],
  };
}

type Mixture = { readonly facts: Recorded; readonly weights: Recorded; readonly end: AnswerEnd };

async function mixtureOf(url: string, id: string, asOf: string): Promise<Mixture> {
  const { mixture } = await ask(url, MixtureDocument, { id, asOf });
  const { weights, complete, reason, lag, ...facts } = present(mixture, url);
  return {
    facts: recordedIn(facts),
    weights: summed(weights.map(({ share, ...weight }) => [keyOf(weight), share])),
    end: { complete, reason, lag },
  };
}

type Weight = {
  readonly phase: string;
  readonly slice: string;
  readonly label: string | null;
  readonly source: string | null;
};

const keyOf = ({ phase, slice, label, source }: Weight): string =>
  [
    `${keyPart(phase)}: ${slice}`,
    ...(label === null ? [] : [`label ${keyPart(label)}`]),
    ...(source === null ? [] : [`source ${keyPart(source)}`]),
  ].join(', ');
