import type { DeadLetterQuery, DeadLettersQuery } from './generated/documents.ts';
import { aligned, count, counted, printable } from './text/format.ts';

type Page = DeadLettersQuery['deadLetters'];

/** A dead letter; its text where it was asked for alone. */
export type DeadLetter = Page['nodes'][number] & Partial<Pick<Opened, 'text' | 'lossy'>>;
type Opened = NonNullable<DeadLetterQuery['deadLetter']>;

export type Counts = Page['counts'];

/** Dead letters to show; `next` and `counts` where they are a list. */
export type Shown = {
  readonly deadLetters: readonly DeadLetter[];
  readonly next?: string | null;
  readonly counts?: Counts;
};

/** schemas/answers/dead-letters.json */
export const deadLettersAnswer = ({ deadLetters, next, counts }: Shown) => ({
  deadLetters,
  next: next ?? null,
  ...(counts && {
    counts: {
      ...counts,
      byCode: Object.fromEntries(counts.byCode.map((entry) => [entry.code, entry.count])),
    },
  }),
});

export function deadLettersText({ deadLetters, next, counts }: Shown): string {
  const columns = [
    { title: 'id' },
    { title: 'state' },
    { title: 'seen', align: 'right' as const },
    { title: 'last seen' },
    { title: 'code' },
    { title: 'where' },
  ];
  const rows = deadLetters.map(({ id, state, seen, lastSeen, code, pointer, endpoint }) => [
    id,
    state,
    count(seen),
    lastSeen.slice(0, 19),
    code,
    `${endpoint}${pointer && ` ${pointer}`}`,
  ]);
  return [
    rows.length === 0 ? 'no dead letters' : aligned(columns, rows),
    ...(next ? ['', `more: --after ${next}`] : []),
    ...(counts ? ['', deadLettersCounted(counts)] : []),
  ].join('\n');
}

export const deadLettersCounted = ({
  parked,
  replayed,
  discarded,
}: Pick<Counts, 'parked' | 'replayed' | 'discarded'>): string =>
  `${count(parked)} parked, ${count(replayed)} replayed, ${count(discarded)} discarded`;

/** `once`, `twice`, `3 times` */
const times = (seen: number): string => ['never', 'once', 'twice'][seen] ?? `${count(seen)} times`;

const moments = ({ seen, firstSeen, lastSeen }: DeadLetter): string =>
  seen === 1 ? `at ${firstSeen}` : `first ${firstSeen}, last ${lastSeen}`;

export function deadLetterText(deadLetter: DeadLetter): string {
  const { id, state, seen, endpoint, contentType, size, explanation, history } = deadLetter;
  const attempts = history.map(
    ({ at, actor, action, outcome, reason }) =>
      `  ${at} ${actor}: ${action}, ${outcome}${reason && `: ${reason}`}`,
  );
  return [
    `${id} is ${state}${deadLetter.position === null ? '' : ` at ${deadLetter.position}`}`,
    printable(explanation),
    '',
    `refused ${times(seen)} by ${endpoint} (${contentType}, ${counted(size, 'byte')}), ${moments(deadLetter)}`,
    ...(attempts.length === 0 ? [] : ['', ...attempts.map(printable)]),
    ...(deadLetter.text == null
      ? []
      : [
          '',
          deadLetter.lossy ? 'not UTF-8; invalid sequences are shown as \uFFFD:' : 'text:',
          ...deadLetter.text.split('\n').map(printable),
        ]),
  ].join('\n');
}
