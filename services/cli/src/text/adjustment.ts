import type { AttributionQuery } from '../generated/documents.ts';
import { aligned, brief, count, printable } from './format.ts';

type Attribution = Extract<AttributionQuery['attribution'], { readonly __typename: 'Attribution' }>;
type Effect = Pick<Attribution['effects'][number], 'estimand' | 'effect' | 'interval' | 'n' | 'adjustment'>;
type Adjustment = NonNullable<Effect['adjustment']>;

const right = { align: 'right' as const };
const COLUMNS = [
  { title: 'effect' },
  { title: 'adjusted', ...right },
  { title: 'interval' },
  { title: 'unadjusted', ...right },
  { title: 'interval' },
  { title: 'covariates', ...right },
  { title: 'terms', ...right },
  { title: 'runs', ...right },
  { title: 'of equal weight', ...right },
  { title: 'robustness', ...right },
];
const COVARIATES = [
  { title: 'covariate' },
  { title: 'counted as' },
  { title: 'values', ...right },
  { title: 'recorded by', ...right },
  { title: 'correlation with the share', ...right },
];

/** Most covariates that are listed of one effect, those with the strongest correlations. */
const LISTED = 12;

const bounds = (interval: Effect['interval']) =>
  interval ? `[${brief(interval.low)}, ${brief(interval.high)}]` : '-';

const nameOf = ({ estimand }: Effect) => `${estimand.slice} on ${estimand.capability}`;

const rowOf = (effect: Effect, { unadjusted, covariates, terms, effectiveRuns, robustness }: Adjustment) => [
  nameOf(effect),
  brief(effect.effect),
  bounds(effect.interval),
  brief(unadjusted.effect),
  bounds(unadjusted.interval),
  count(covariates.filter(({ countedAs }) => countedAs !== 'none').length),
  count(terms),
  count(effect.n.runs),
  brief(effectiveRuns),
  brief(robustness.value),
];

function covariateLines(effect: Effect, { covariates }: Adjustment): string[] {
  const strongest = covariates.toSorted((left, other) => other.correlation - left.correlation);
  const more = strongest.length - LISTED;
  const rows = strongest
    .slice(0, LISTED)
    .map(({ field, countedAs, values, recorded, correlation }) => [
      field,
      countedAs === 'none' ? 'not adjusted for' : countedAs,
      count(values),
      count(recorded),
      brief(correlation),
    ]);
  return [
    printable(`Covariates of ${nameOf(effect)}, by their correlation with the share:`),
    '',
    aligned(COVARIATES, rows),
    ...(more > 0 ? [`and ${count(more)} more; --json has them all.`] : []),
    '',
  ];
}

/** Adjusted effects beside the unadjusted ones, and the covariates of the first; none where no effect is adjusted. */
export function adjustmentLines(effects: readonly Effect[]): string[] {
  const adjusted = effects.flatMap((effect) =>
    effect.adjustment ? [[effect, effect.adjustment] as const] : [],
  );
  const [first] = adjusted;
  if (!first) return [];
  return [
    'Adjusted for what is recorded of the runs, beside the same contrast without it:',
    '',
    aligned(
      COLUMNS,
      adjusted.map((of) => rowOf(...of)),
    ),
    '',
    ...covariateLines(...first),
  ];
}
