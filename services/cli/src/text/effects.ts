import type { AttributionQuery } from '../generated/documents.ts';
import { adjustmentLines } from './adjustment.ts';
import { decompositionLines } from './decomposition.ts';
import { aligned, brief, count, counted, footer, printable } from './format.ts';

export type Attribution = Omit<
  Extract<AttributionQuery['attribution'], { readonly __typename: 'Attribution' }>,
  '__typename'
>;
type Effect = Attribution['effects'][number];

/** schemas/answers/attribute.json: each effect is complete by itself. `kept` is the id under which the answer is recorded, `unrecorded` says why it is not. */
export function attributeAnswer(
  { experiment, questions, family, effects, asOf, complete, lag, counting }: Attribution,
  { kept, unrecorded }: { readonly kept?: string | undefined; readonly unrecorded?: string | undefined } = {},
) {
  const whole = {
    questions,
    family,
    asOf,
    complete,
    lag,
    ...(counting && { counting }),
    ...(kept !== undefined && { answer: kept }),
    ...(unrecorded !== undefined && { unrecorded }),
  };
  return effects.map((effect) => ({ experiment, ...effect, ...whole }));
}

const right = { align: 'right' as const };
const COLUMNS = [
  { title: 'slice' },
  { title: 'capability' },
  { title: 'displacement' },
  { title: 'effect', ...right },
  { title: 'interval' },
  { title: 'unit' },
  { title: 'q', ...right },
  { title: 'interpretation' },
  { title: 'identification' },
  { title: 'runs', ...right },
  { title: 'seeds', ...right },
  { title: 'estimator' },
];

/** What the interpretations are called in texts. */
export const WORDS: Readonly<Record<Effect['interpretation'], string>> = {
  improves: 'improves',
  harms: 'harms',
  associated_with_better: 'is associated with better',
  associated_with_worse: 'is associated with worse',
  inconclusive: 'inconclusive',
  not_identified: 'not identified',
};

export const effectsText = (attribution: Attribution): string =>
  [...effectsLines(attribution), footer(attribution)].join('\n');

/** The table of effects with what belongs to it, without the position that they are as of. */
export function effectsLines({
  effects,
  experiment,
  family,
  questions,
}: Pick<Attribution, 'effects' | 'experiment' | 'family' | 'questions'>): string[] {
  const controls = [...controlOutcomesOf(effects), ...controlsOf(effects)];
  const notes = [...differencesIn(effects), ...notesOn(effects), ...controls];
  return [
    `${printable(experiment)}: ${counted(effects.length, 'effect')} for ${counted(questions, 'question')} of one request`,
    '',
    aligned(COLUMNS, effects.map(rowOf)),
    '',
    ...decompositionLines(effects),
    ...adjustmentLines(effects),
    ...(notes.length > 0 ? [...notes, ''] : []),
    ...(family.tests > 0
      ? [
          printable(
            `q values and interpretations are corrected together (${family.procedure}): ${family.text}`,
          ),
          ...decisionLines(family),
          '',
        ]
      : []),
  ];
}

/** Where the tests of a request stand in their family, and the level of each. Results of earlier versions do not say it. */
function decisionLines({ name, decisions = [] }: Partial<Attribution['family']>): string[] {
  if (name === null) return [];
  const alike = new Map<string, number>();
  for (const { before, foundBefore, level } of decisions) {
    const order =
      before === 0
        ? 'the first of the family'
        : `after ${count(before)} others, ${count(foundBefore)} of them found`;
    const text = `${order}: found where p is at most ${brief(level)}`;
    alike.set(text, (alike.get(text) ?? 0) + 1);
  }
  return [...alike].map(([text, tests]) => `  ${counted(tests, 'test')}, ${text}`);
}

function rowOf(effect: Effect): string[] {
  const { estimand, interval, n, estimator } = effect;
  return [
    estimand.slice,
    estimand.capability,
    effect.displacement,
    brief(effect.effect),
    interval ? `[${brief(interval.low)}, ${brief(interval.high)}] ${brief(100 * interval.level)} %` : '-',
    effect.unit ?? '-',
    brief(effect.qValue),
    WORDS[effect.interpretation],
    effect.identification,
    count(n.runs),
    count(n.seeds),
    `${estimator.id} ${estimator.version}`,
  ];
}

/** Warnings whose text the list of differences replaces. */
const OF_DIFFERENCES: ReadonlySet<string> = new Set([
  'budget_differs',
  'configuration_differs',
  'partly_recorded',
  'varies_on_both_sides',
  'not_recorded',
]);

type Difference = Effect['differences'][number];

/** A fact that is not known to be equal, with the runs that have each value. */
function differenceText({ field, state, values }: Difference): string {
  if (state === 'not_recorded') return `${field}: no run records it, so agreement is unknown`;
  const onSide = (side: 'more' | 'less') =>
    values
      .filter((one) => one[side] > 0)
      .map((one) => `${one.value ?? 'not recorded'} in ${counted(one[side], 'run')}`)
      .join(', ') || 'none of these values';
  return `${field}: with more of the slice ${onSide('more')}; with less ${onSide('less')}`;
}

/** Each difference that nothing is adjusted for once, with the effects that it lowers. */
function differencesIn(effects: readonly Effect[]): string[] {
  const concerned = new Map<string, string[]>();
  for (const { estimand, differences, adjustment } of effects) {
    const adjusted = new Set(
      adjustment?.covariates.filter(({ countedAs }) => countedAs !== 'none').map(({ field }) => field),
    );
    const left = differences.filter(({ field, state }) => state !== 'differs' || !adjusted.has(field));
    for (const difference of left) {
      const text = differenceText(difference);
      concerned.set(text, [...(concerned.get(text) ?? []), `${estimand.slice} on ${estimand.capability}`]);
    }
  }
  const lines = [...concerned].map(([text, where]) => printable(`  ${text} (${briefly(where)})`));
  return lines.length > 0
    ? ['Besides the mixture, this differs or is not known to be equal:', ...lines, '']
    : [];
}

function briefly([first = '', ...others]: readonly string[]): string {
  return others.length > 0 ? `${first} and ${count(others.length)} more` : first;
}

/** Warnings and failed controls, each once, with the effects that they concern. */
function notesOn(effects: readonly Effect[]): string[] {
  const concerned = new Map<string, string[]>();
  for (const { estimand, differences, warnings, negativeControls } of effects) {
    const failed = negativeControls.filter(({ outcome }) => outcome === 'failed');
    const texts = [
      ...warnings
        .filter(({ code }) => differences.length === 0 || !OF_DIFFERENCES.has(code))
        .map(({ code, text }) => `${code}: ${text}`),
      ...failed.map(({ name, text }) => `negative control ${name} failed: ${text}`),
    ];
    for (const text of texts) {
      concerned.set(text, [...(concerned.get(text) ?? []), `${estimand.slice} on ${estimand.capability}`]);
    }
  }
  return [...concerned].map(([text, where]) => printable(`! ${text} (${briefly(where)})`));
}

const OUTCOMES = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['cannot_tell', 'cannot tell (too few distinct trials)'],
  ['not_run', 'not run'],
] as const;
const WORDS_OF_OUTCOMES = new Map<string, string>(OUTCOMES);

/** What the negative control outcomes showed that did not fail; those that failed are among the notes. */
const controlOutcomesOf = (effects: readonly Effect[]): string[] =>
  effects.flatMap(({ negativeControls }) =>
    negativeControls
      .filter(({ controlOutcome, outcome }) => controlOutcome && outcome !== 'failed')
      .map(({ outcome, text }) =>
        printable(`negative control outcome ${WORDS_OF_OUTCOMES.get(outcome)}: ${text}`),
      ),
  );

/** How the controls of all effects ended. */
function controlsOf(effects: readonly Effect[]): string[] {
  const ended = effects.flatMap(({ negativeControls }) => negativeControls.map(({ outcome }) => outcome));
  const parts = OUTCOMES.flatMap(([outcome, words]) => {
    const times = ended.filter((one) => one === outcome).length;
    return times > 0 ? [`${count(times)} ${words}`] : [];
  });
  return parts.length > 0
    ? [`Controls: ${parts.join(', ')}; --json has each with what it could have found.`]
    : [];
}
