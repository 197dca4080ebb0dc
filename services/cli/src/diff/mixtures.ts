import { MixtureDocument, PlannedExposureDocument } from '../generated/documents.ts';
import type { PlannedExposureQuery } from '../generated/documents.ts';
import type { Horizon } from '../horizon.ts';
import { ask, present } from '../server/graphql.ts';
import type { AnswerEnd, Compared } from './answers.ts';
import { keyPart, recordedIn, sectionOf, summed } from './section.ts';
import type { Recorded } from './section.ts';

/**
 * What two mixtures differ in: who decided what and why, the share of each slice by phase, and what each would consume by a
 * horizon.
 */
export async function compareMixtures(
  url: string,
  [first, second]: readonly [string, string],
  { asOf, horizon }: { readonly asOf: string; readonly horizon?: Horizon | undefined },
): Promise<Compared> {
  const [one, other] = [await mixtureOf(url, first, asOf), await mixtureOf(url, second, asOf)];
  const compared = {
    sections: [sectionOf('facts', one.facts, other.facts), sectionOf('weights', one.weights, other.weights)],
    ends: [one.end, other.end],
  };
  if (!horizon) return compared;
  const planned = [
    await plannedBy(url, first, { asOf, horizon }),
    await plannedBy(url, second, { asOf, horizon }),
  ] as const;
  const [tokens, otherTokens] = [tokensOf(planned[0]), tokensOf(planned[1])];
  return {
    sections: [...compared.sections, sectionOf('tokens', tokens, otherTokens)],
    ends: [...compared.ends, ...planned],
  };
}

type Planned = NonNullable<PlannedExposureQuery['plannedExposure']>;

async function plannedBy(
  url: string,
  mixture: string,
  { asOf, horizon }: { readonly asOf: string; readonly horizon: Horizon },
): Promise<Planned> {
  const asked = { mixture, ...horizon, asOf };
  return present((await ask(url, PlannedExposureDocument, asked)).plannedExposure, url);
}

const tokensOf = ({ rows, by, withoutPlan }: Planned): Recorded =>
  summed([
    ...rows.map(
      ({ slice, part, tokens }) => [partKey(slice, by === 'slice' ? undefined : part), tokens] as const,
    ),
    ...(withoutPlan > 0 ? [['(nothing planned)', withoutPlan] as const] : []),
  ]);

/** A part of a slice; null where the part is not known. */
function partKey(slice: string, part: string | null | undefined): string {
  if (part === undefined) return slice;
  return `${slice}: ${part === null ? '(unknown)' : keyPart(part)}`;
}

type Mixture = { readonly facts: Recorded; readonly weights: Recorded; readonly end: AnswerEnd };

async function mixtureOf(url: string, id: string, asOf: string): Promise<Mixture> {
  const { mixture } = await ask(url, MixtureDocument, { id, asOf });
  const { weights, complete, reason, lag, ...facts } = present(mixture, url);
  return {
    facts: new Map([...recordedIn(facts), ...phaseEnds(weights)]),
    weights: shares(weights),
    end: { complete, reason, lag },
  };
}

type Weight = {
  readonly phase: string;
  readonly fromStep: number;
  readonly endsAt: number | null;
  readonly slice: string;
  readonly label: string | null;
  readonly source: string | null;
};

/** The name of a phase, with the step that it begins at where another phase has that name too. */
function phaseNames(weights: readonly Weight[]): (weight: Weight) => string {
  const begins = new Map<string, Set<number>>();
  for (const { phase, fromStep } of weights) {
    const known = begins.get(phase) ?? new Set();
    begins.set(phase, known.add(fromStep));
  }
  return ({ phase, fromStep }) =>
    begins.get(phase)?.size === 1 ? keyPart(phase) : `${keyPart(phase)} from step ${fromStep}`;
}

/** Where each phase begins and ends. */
function phaseEnds(weights: readonly Weight[]): Recorded {
  const nameOf = phaseNames(weights);
  const ends = new Map<string, number>();
  for (const weight of weights) {
    ends.set(`phase ${nameOf(weight)}: from step`, weight.fromStep);
    if (weight.endsAt !== null) ends.set(`phase ${nameOf(weight)}: ends at`, weight.endsAt);
  }
  return ends;
}

function shares(weights: readonly (Weight & { readonly share: number })[]): Recorded {
  const nameOf = phaseNames(weights);
  return summed(
    weights.map((weight) => {
      const { slice, label, source, share } = weight;
      const parts = [
        `${nameOf(weight)}: ${slice}`,
        ...(label === null ? [] : [`label ${keyPart(label)}`]),
        ...(source === null ? [] : [`source ${keyPart(source)}`]),
      ];
      return [parts.join(', '), share];
    }),
  );
}
