import type { AttributionQuery } from '../generated/documents.ts';
import { aligned, brief, counted, printable } from './format.ts';

type Attribution = Extract<AttributionQuery['attribution'], { readonly __typename: 'Attribution' }>;
type Effect = Pick<Attribution['effects'][number], 'estimand' | 'decomposition'>;
type Decomposition = NonNullable<Effect['decomposition']>;
type Part = Decomposition['bundle'];

const right = { align: 'right' as const };
const part = (title: string) => [{ title, ...right }, { title: 'interval' }];

/** A table of parts: its columns between the name of the effect and the identification, and what they say. */
type Layout = {
  readonly text: string;
  readonly columns: readonly { readonly title: string }[];
  readonly partsOf: (receiver: Decomposition['receivers'][number]) => readonly (Part | null)[];
  /** Column of parts in which remainder and bundle stand. */
  readonly sums: number;
};

const BY_ARMS: Layout = {
  text:
    'Parts of proportional effects. Own: the slice in the place of one receiver alone, the rest held; own and displaced\n' +
    'sum to the bundle, and so do all that gave way with the remainder:',
  columns: [...part('own'), ...part('displaced'), ...part('gave way')],
  partsOf: ({ own, displaced, gaveWay }) => [own, displaced, gaveWay],
  sums: 2,
};

const BY_SURFACE: Layout = {
  text:
    'Parts of proportional effects of a surface, along the path between its two mixtures. Own: the slice in the place of one\n' +
    'receiver alone. Held: the slice while the receiver keeps its share; held and moved sum to the bundle, and so do all that\n' +
    'gave way with the remainder:',
  columns: [...part('own'), ...part('gave way'), ...part('held'), ...part('moved')],
  partsOf: ({ own, gaveWay, held, moved }) => [own, gaveWay, held, moved],
  sums: 1,
};

/** Most effects of a surface whose parts a text lists. */
const LISTED = 6;

const nameOf = ({ estimand }: Effect) => `${estimand.slice} on ${estimand.capability}`;

const cells = (part: Part | null): string[] => {
  const interval = part?.interval;
  return [
    brief(part?.estimate ?? null),
    interval ? `[${brief(interval.low)}, ${brief(interval.high)}]` : '-',
  ];
};

function rowsOf(layout: Layout, effect: Effect, { bundle, receivers, remainder }: Decomposition): string[][] {
  const name = nameOf(effect);
  const before = Array.from({ length: 2 * layout.sums }, () => '');
  const after = Array.from({ length: layout.columns.length - 2 * layout.sums - 2 }, () => '');
  const sum = (title: string, of: Part) => [
    name,
    title,
    '',
    ...before,
    ...cells(of),
    ...after,
    of.identification,
  ];
  return [
    ...receivers
      .filter(({ own }) => own !== null)
      .map((receiver) => [
        name,
        receiver.receiver,
        brief(receiver.weight),
        ...layout.partsOf(receiver).flatMap(cells),
        receiver.own?.identification ?? '-',
      ]),
    sum('(remainder)', remainder),
    sum('(bundle)', bundle),
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

type Split = readonly (readonly [Effect, Decomposition])[];

function tableOf(layout: Layout, split: Split): string[] {
  const rows = split.flatMap(([effect, parts]) => rowsOf(layout, effect, parts));
  if (rows.length === 0) return [];
  const columns = [
    { title: 'effect' },
    { title: 'in the place of' },
    { title: 'weight', ...right },
    ...layout.columns,
    { title: 'identification' },
  ];
  return [layout.text, '', aligned(columns, rows), ''];
}

/** The parts of a few effects of surfaces, or how many there are. */
function surfaceLines(split: Split): string[] {
  if (split.length <= LISTED) return tableOf(BY_SURFACE, split);
  return [
    `${counted(split.length, 'proportional effect')} of surfaces are split into parts: --json has them, and a text lists those of up to ${LISTED}.`,
    '',
  ];
}

/** The parts of proportional effects as lines; none where no effect has any. */
export function decompositionLines(effects: readonly Effect[]): string[] {
  const split = effects.flatMap((effect) =>
    effect.decomposition ? [[effect, effect.decomposition] as const] : [],
  );
  const separated = split.filter(([, { receivers }]) => receivers.some(({ own }) => own !== null));
  const hasArm = ([, { receivers }]: Split[number]) =>
    receivers.some(({ own, arm }) => own !== null && arm !== null);
  const notes = notesOf(split);
  return [
    ...tableOf(BY_ARMS, separated.filter(hasArm)),
    ...surfaceLines(separated.filter((one) => !hasArm(one))),
    ...(notes.length > 0 ? [...notes, ''] : []),
  ];
}
