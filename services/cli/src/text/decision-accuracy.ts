import type { DecisionAccuracyQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, printable } from './format.ts';

export type DecisionAccuracy = Extract<
  DecisionAccuracyQuery['decisionAccuracy'],
  { readonly __typename: 'DecisionAccuracy' }
>;
type Scale = DecisionAccuracy['smallScale'];

/** schemas/answers/decision-accuracy.json */
export function decisionAccuracyAnswer(ranking: DecisionAccuracy) {
  const { __typename: _, ...answer } = ranking;
  return answer;
}

export function decisionAccuracyText(answer: DecisionAccuracy): string {
  const { accuracy, interval, pairs, recipes, smallScale, targetScale, warnings } = answer;
  const bounds = `${brief(100 * interval.low)} to ${brief(100 * interval.high)} %`;
  const deciding = `${scaleText(smallScale)} decides as ${scaleText(targetScale)} in ${brief(100 * accuracy)} % (${bounds}) of ${counted(pairs, 'pair')} of ${counted(recipes.length, 'recipe')}`;
  return [
    printable(deciding),
    ...shares(answer),
    printable(choiceText(answer)),
    '',
    recipesTable(answer),
    '',
    ...warnings.map(({ code, text }) => printable(`! ${code}: ${text}`)),
    ...(warnings.length > 0 ? [''] : []),
    footer(answer),
  ].join('\n');
}

const scaleText = ({ parameters, tokens }: Scale): string =>
  tokens === null
    ? `${count(parameters)} parameters`
    : `${count(parameters)} parameters on ${count(tokens)} tokens`;

function shares({ singleRun, repeatability }: DecisionAccuracy): string[] {
  return [
    ...(singleRun === null ? [] : [`with one small run of each recipe: ${brief(100 * singleRun)} %`]),
    ...(repeatability === null
      ? []
      : [
          `a repetition of the target itself: ${brief(100 * repeatability.share)} % of ${counted(repeatability.pairs, 'pair')}`,
        ]),
  ];
}

function choiceText({ picked, best, regret, targetScale: { unit } }: DecisionAccuracy): string {
  if (picked === best) return `both put ${best} first`;
  return `the small scale picks ${picked}, the target ${best}: ${brief(regret)} ${unit} are lost`.replace(
    '  ',
    ' ',
  );
}

const right = { align: 'right' as const };

function recipesTable({ recipes, smallScale, targetScale }: DecisionAccuracy): string {
  const title = (scale: string, { unit }: Scale) => (unit === '' ? scale : `${scale}, ${unit}`);
  const columns = [
    { title: 'recipe' },
    { title: title('target', targetScale), ...right },
    { title: 'place', ...right },
    { title: 'runs', ...right },
    { title: title('small', smallScale), ...right },
    { title: 'place', ...right },
    { title: 'runs', ...right },
  ];
  const rows = recipes.map((one) => [
    one.recipe,
    brief(one.target),
    count(one.targetRank),
    count(one.targetRuns),
    brief(one.small),
    count(one.smallRank),
    count(one.smallRuns),
  ]);
  return aligned(columns, rows);
}
