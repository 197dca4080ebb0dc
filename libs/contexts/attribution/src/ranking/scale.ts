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

const parametersOf = ({ facts }: Run): number => Number(facts?.get('parameters') ?? NaN);

/** Whether sizes and tokens can be compared with. */
export const isInRange = ({ parameters, tokens = 1 }: Scale): boolean =>
  [parameters, tokens].every((value) => Number.isFinite(value) && value > 0);

export const RANGE_TEXT =
  'The parameters of a scale, and its tokens where they are named, are numbers above zero.';

/** Whether a model with so many parameters is of the size of the scale. */
export const isOfSize = (parameters: number, scale: Scale): boolean => isNear(parameters, scale.parameters);

export const isRunOfSize = (run: Run, scale: Scale): boolean => isOfSize(parametersOf(run), scale);

/** Whether a run consumed as many tokens as the scale names; any number where it names none. */
export const isOfBudget = ({ total, unit }: Run, { tokens }: Scale): boolean =>
  tokens === undefined || (unit === 'token' && isNear(total, tokens));

/** One number for each group of amounts that lie within the tolerance of the least of them, the least first. */
export function budgetsOf(runs: readonly Run[]): number[] {
  const budgets: number[] = [];
  for (const total of runs.map((run) => run.total).toSorted((left, right) => left - right)) {
    const least = budgets.at(-1);
    if (least === undefined || total > least * (1 + 2 * TOLERANCE)) budgets.push(total);
  }
  return budgets;
}

export const listText = (amounts: readonly number[]): string => amounts.map(numberText).join(', ');

const LISTED = 20;

/** Sizes of models as a text, each once. */
export function sizesText(all: readonly number[]): string {
  const sizes = [...new Set(all)].filter((size) => size > 0).toSorted((left, right) => left - right);
  if (sizes.length === 0) return 'no sizes of models';
  const rest = sizes.length > LISTED ? ` and ${sizes.length - LISTED} more` : '';
  return `${listText(sizes.slice(0, LISTED))}${rest}`;
}
