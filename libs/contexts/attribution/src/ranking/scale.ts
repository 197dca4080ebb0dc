import type { Refusal } from '../effect.ts';
import type { Run } from '../experiment.ts';

/** A size of models, and the tokens that they are trained on; any number of tokens where absent. */
export type Scale = { readonly parameters: number; readonly tokens?: number | undefined };

/** Largest relative difference of sizes and of tokens within one scale: implementations count parameters in several ways. */
const TOLERANCE = 0.05;

const isNear = (value: number, wanted: number): boolean => Math.abs(value / wanted - 1) <= TOLERANCE;

export const scaleText = ({ parameters, tokens }: Scale): string =>
  tokens === undefined
    ? `${numberText(parameters)} parameters`
    : `${numberText(parameters)} parameters and ${numberText(tokens)} tokens`;

const numberText = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 4 });

export const parametersOf = ({ facts }: Run): number => Number(facts?.get('parameters') ?? NaN);

/** Whether sizes and tokens can be compared with. */
export const isInRange = ({ parameters, tokens = 1 }: Scale): boolean =>
  [parameters, tokens].every((value) => Number.isFinite(value) && value > 0);

export const RANGE_TEXT =
  'The parameters of a scale, and its tokens where they are named, are numbers above zero.';

/** Whether a model with so many parameters is of the size of the scale. */
export const isOfSize = (parameters: number, scale: Scale): boolean => isNear(parameters, scale.parameters);

/** The completed runs of a scale. `sizes` are those of all recorded models, for the refusal. Refused where there is none, or where they were trained on unlike numbers of tokens. */
export function atScale(
  runs: readonly Run[],
  scale: Scale,
  sizes: readonly number[],
): { readonly runs: readonly Run[] } | Refusal<'unknown_scale' | 'several_budgets'> {
  const ofSize = runs.filter((run) => run.status === 'completed' && isOfSize(parametersOf(run), scale));
  const { tokens } = scale;
  const found = tokens === undefined ? ofSize : ofSize.filter(({ total }) => isNear(total, tokens));
  if (found.length === 0) {
    const text = `No completed run has ${scaleText(scale)}. Recorded are ${recorded(sizes)}.`;
    return { refusal: 'unknown_scale', text };
  }
  const budgets = groupsOf(found.map(({ total }) => total));
  if (budgets.length > 1) {
    const text = `Runs of ${scaleText(scale)} were trained on ${budgets.map(numberText).join(', ')} tokens: name one of these numbers.`;
    return { refusal: 'several_budgets', text };
  }
  return { runs: found };
}

/** One value for each group of values that lie within the tolerance of the least of them. */
function groupsOf(values: readonly number[]): number[] {
  const groups: number[] = [];
  for (const value of values.toSorted((left, right) => left - right)) {
    const least = groups.at(-1);
    if (least === undefined || value > least * (1 + TOLERANCE)) groups.push(value);
  }
  return groups;
}

const LISTED = 20;

function recorded(all: readonly number[]): string {
  const sizes = groupsOf(all.filter((size) => size > 0));
  if (sizes.length === 0) return 'no sizes of models';
  const rest = sizes.length > LISTED ? ` and ${sizes.length - LISTED} more` : '';
  return `${sizes.slice(0, LISTED).map(numberText).join(', ')}${rest}`;
}
