import { aligned, printable } from './text/aligned.ts';
import { count, counted } from './text/number.ts';

type Attempt = {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly outcome: string;
  readonly reason: string;
  readonly fixed: boolean;
};

export type Letter = {
  readonly id: string;
  readonly endpoint: string;
  readonly contentType: string;
  readonly size: number;
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
  readonly value: string | null;
  readonly explanation: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly seen: number;
  readonly state: string;
  readonly position: string | null;
  readonly history: readonly Attempt[];
  readonly text?: string | null;
  readonly lossy?: boolean;
};

export type Counts = {
  readonly parked: number;
  readonly replayed: number;
  readonly discarded: number;
  readonly byCode: readonly { readonly code: string; readonly count: number }[];
  readonly bytes: number;
};

type Shown = {
  readonly letters: readonly Letter[];
  readonly next?: string | null;
  readonly counts?: Counts;
};

/** schemas/answers/dead-letters.json */
export const deadLettersAnswer = ({ letters, next, counts }: Shown) => ({
  letters,
  next: next ?? null,
  ...(counts && {
    counts: {
      ...counts,
      byCode: Object.fromEntries(counts.byCode.map((entry) => [entry.code, entry.count])),
    },
  }),
});

export function lettersText({ letters, next, counts }: Shown): string {
  const columns = [
    { title: 'id' },
    { title: 'state' },
    { title: 'seen', align: 'right' as const },
    { title: 'last seen' },
    { title: 'code' },
    { title: 'where' },
  ];
  const rows = letters.map(({ id, state, seen, lastSeen, code, pointer, endpoint }) => [
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
    ...(counts ? ['', lettersCounted(counts)] : []),
  ].join('\n');
}

export const lettersCounted = ({
  parked,
  replayed,
  discarded,
}: Pick<Counts, 'parked' | 'replayed' | 'discarded'>): string =>
  `${count(parked)} parked, ${count(replayed)} replayed, ${count(discarded)} discarded`;

/** `once`, `twice`, `3 times` */
const times = (seen: number): string => ['never', 'once', 'twice'][seen] ?? `${count(seen)} times`;

const moments = ({ seen, firstSeen, lastSeen }: Letter): string =>
  seen === 1 ? `at ${firstSeen}` : `first ${firstSeen}, last ${lastSeen}`;

export function letterText(letter: Letter): string {
  const { id, state, seen, endpoint, contentType, size, explanation, history } = letter;
  const attempts = history.map(
    ({ at, actor, action, outcome, reason }) =>
      `  ${at} ${actor}: ${action}, ${outcome}${reason && `: ${reason}`}`,
  );
  return [
    `${id} is ${state}${letter.position === null ? '' : ` at ${letter.position}`}`,
    printable(explanation),
    '',
    `came ${times(seen)} to ${endpoint} (${contentType}, ${counted(size, 'byte')}), ${moments(letter)}`,
    ...(attempts.length === 0 ? [] : ['', ...attempts.map(printable)]),
    ...(letter.text == null
      ? []
      : [
          '',
          letter.lossy ? 'not UTF-8; what cannot be shown stands as \uFFFD:' : 'text:',
          printable(letter.text),
        ]),
  ].join('\n');
}
