import type { AttributionQuery } from '../generated/documents.ts';
import { aligned, brief, printable } from './format.ts';

type Attribution = Extract<AttributionQuery['attribution'], { readonly __typename: 'Attribution' }>;
type Effect = Attribution['effects'][number];
type Decomposition = NonNullable<Effect['decomposition']>;
type Part = Decomposition['bundle'];

const right = { align: 'right' as const };
const COLUMNS = [
  { title: 'effect' },
  { title: 'in the place of' },
  { title: 'weight', ...right },
  { title: 'own', ...right },
  { title: 'interval' },
  { title: 'displaced', ...right },
  { title: 'interval' },
  { title: 'gave way', ...right },
  { title: 'interval' },
  { title: 'identification' },
];

const nameOf = ({ estimand }: Effect) => `${estimand.slice} on ${estimand.capability}`;

const cells = (part: Part | null): string[] => {
  const interval = part?.interval;
  return [
    brief(part?.estimate ?? null),
    interval ? `[${brief(interval.low)}, ${brief(interval.high)}]` : '-',
  ];
};

function rowsOf(effect: Effect, { bundle, receivers, remainder }: Decomposition): string[][] {
  const name = nameOf(effect);
  return [
    ...receivers
      .filter(({ own }) => own !== null)
      .map(({ receiver, weight, own, displaced, gaveWay }) => [
        name,
        receiver,
        brief(weight),
        ...cells(own),
        ...cells(displaced),
        ...cells(gaveWay),
        own?.identification ?? '-',
      ]),
    [name, '(remainder)', '', '', '', '', '', ...cells(remainder), remainder.identification],
    [name, '(bundle)', '', '', '', '', '', ...cells(bundle), bundle.identification],
  ];
}

/** What each receiver's warnings say, and what is not identified, each once with the first effect that it concerns. */
function notesOf(split: readonly (readonly [Effect, Decomposition])[]): string[] {
  const concerned = new Map<string, string[]>();
  for (const [effect, { receivers, notIdentified }] of split) {
    const ofReceivers = receivers.flatMap(({ receiver, warnings }) =>
      warnings.map(({ code, text }) => `in the place of ${receiver}: ${code}: ${text}`),
    );
    for (const text of [...ofReceivers, ...(notIdentified ? [notIdentified.text] : [])]) {
      concerned.set(text, [...(concerned.get(text) ?? []), nameOf(effect)]);
    }
  }
  return [...concerned].map(([text, [first = '', ...others]]) => {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    return printable(`! ${text} (${first}${more})`);
  });
}

/** The parts of proportional effects as lines; none where no effect has any. */
export function decompositionLines(effects: readonly Effect[]): string[] {
  const split = effects.flatMap((effect) =>
    effect.decomposition ? [[effect, effect.decomposition] as const] : [],
  );
  if (split.length === 0) return [];
  const rows = split
    .filter(([, { receivers }]) => receivers.some(({ own }) => own !== null))
    .flatMap(([effect, parts]) => rowsOf(effect, parts));
  const table = [
    'Parts of proportional effects. Own: the slice in the place of one receiver alone, the rest held; own and displaced',
    'sum to the bundle, and so do all that gave way with the remainder:',
    '',
    aligned(COLUMNS, rows),
    '',
  ];
  const notes = notesOf(split);
  return [...(rows.length > 0 ? table : []), ...(notes.length > 0 ? [...notes, ''] : [])];
}
