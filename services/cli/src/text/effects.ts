import type { AttributionQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, printable } from './format.ts';

export type Attribution = Extract<AttributionQuery['attribution'], { readonly __typename: 'Attribution' }>;
type Effect = Attribution['effects'][number];

/** schemas/answers/attribute.json: each effect is complete by itself. */
export function attributeAnswer({ experiment, questions, effects, asOf, complete, lag }: Attribution) {
  return effects.map((effect) => ({ experiment, ...effect, questions, asOf, complete, lag }));
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
  { title: 'verdict' },
  { title: 'interpretation' },
  { title: 'identification' },
  { title: 'runs', ...right },
  { title: 'seeds', ...right },
  { title: 'estimator' },
];

export function effectsText(attribution: Attribution): string {
  const { effects, experiment, questions } = attribution;
  const notes = notesOn(effects);
  return [
    `${printable(experiment)}: ${counted(effects.length, 'effect')} for ${counted(questions, 'question')} of one request`,
    '',
    aligned(COLUMNS, effects.map(rowOf)),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    footer(attribution),
  ].join('\n');
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
    effect.verdict,
    effect.interpretation,
    effect.identification,
    count(n.runs),
    count(n.seeds),
    `${estimator.id} ${estimator.version}`,
  ];
}

/** Warnings and failed controls, each once, with the effects that they concern. */
function notesOn(effects: readonly Effect[]): string[] {
  const concerned = new Map<string, string[]>();
  for (const { estimand, warnings, negativeControls } of effects) {
    const failed = negativeControls.filter(({ outcome }) => outcome === 'failed');
    const texts = [
      ...warnings.map(({ code, text }) => `${code}: ${text}`),
      ...failed.map(({ name, text }) => `negative control ${name} failed: ${text}`),
    ];
    for (const text of texts) {
      concerned.set(text, [...(concerned.get(text) ?? []), `${estimand.slice} on ${estimand.capability}`]);
    }
  }
  return [...concerned].map(([text, where]) => {
    const [first = '', ...others] = where;
    const more = others.length > 0 ? ` and ${count(others.length)} more` : '';
    return printable(`! ${text} (${first}${more})`);
  });
}
