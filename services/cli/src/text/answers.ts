import type { KeptAnswerQuery, KeptAnswersQuery } from '../generated/documents.ts';
import { jsonOf } from '../server/graphql.ts';
import { effectsLines, WORDS } from './effects.ts';
import type { Attribution } from './effects.ts';
import { aligned, brief, count, counted, footer, printable } from './format.ts';

export type KeptAnswer = NonNullable<KeptAnswerQuery['answer']>;
export type KeptAnswers = Pick<KeptAnswersQuery['answers'], 'nodes' | 'asOf' | 'complete' | 'reason' | 'lag'>;

/** How an answer is cited: enough of its id to tell it from others. `answer` takes any unambiguous beginning. */
export const answerName = (id: string): string => `answer:${id.slice(0, 16)}`;

/** A question as it is recorded; members are absent where another program recorded it. */
type Asked = {
  readonly experiment?: string;
  readonly capabilities?: readonly string[] | null;
  readonly slices?: readonly string[] | null;
  readonly displacement?: string;
  readonly family?: string;
};

/** The result of `attribute`. */
type EffectsResult = Pick<Attribution, 'effects' | 'experiment' | 'family' | 'questions'> & {
  readonly kind: 'effects';
  readonly version: number;
};

/** schemas/answers/answer.json */
export function answerAnswer({ asked, result, ...answer }: KeptAnswer) {
  return {
    ...answer,
    id: `answer:${answer.id}`,
    asked: jsonOf(asked) ?? null,
    result: jsonOf(result) ?? null,
  };
}

/** schemas/answers/answers.json */
export const answersAnswer = ({ nodes, asOf, complete, lag }: KeptAnswers) => ({
  answers: nodes.map(({ asked, id, ...answer }) => ({
    id: `answer:${id}`,
    ...answer,
    asked: jsonOf(asked) ?? null,
  })),
  asOf,
  complete,
  lag,
});

const all = (names: readonly string[] | null | undefined, what: string): string =>
  names ? names.join(', ') : `all ${what}`;

function askedText(text: string): string {
  const asked = jsonOf<Asked>(text);
  if (!asked?.experiment) return text === '' ? 'a question that is not recorded' : text;
  const { experiment, slices, capabilities, displacement = 'none' } = asked;
  return `${experiment}: ${all(slices, 'domains')} on ${all(capabilities, 'capabilities')}, displacement ${displacement}`;
}

export function answersText(answers: KeptAnswers): string {
  const right = { align: 'right' as const };
  const columns = [
    { title: 'answer' },
    { title: 'question' },
    { title: 'family' },
    { title: 'as of', ...right },
    { title: 'kept at', ...right },
    { title: 'later answer' },
    { title: 'verified' },
  ];
  const rows = answers.nodes.map(({ id, asked, inputPosition, position, laterAnswer, verification }) => [
    answerName(id),
    askedText(asked),
    jsonOf<Asked>(asked)?.family ?? '-',
    inputPosition,
    position,
    laterAnswer === null ? '-' : answerName(laterAnswer),
    VERIFIED[verification],
  ]);
  const isUnchecked = answers.nodes.some(({ verification }) => verification === 'not_checked');
  const hint =
    rows.length > 0
      ? [
          '',
          'tributary answer ID says whether an answer still stands, and what changed its evidence.',
          ...(isUnchecked ? ['answers --verify computes those again that nobody has checked yet.'] : []),
        ]
      : ['No answer is kept yet: tributary attribute …'];
  return [aligned(columns, rows), ...hint, '', footer(answers)].join('\n');
}

export function answerText(answer: KeptAnswer): string {
  const { id, estimator, estimatorVersion, inputPosition, position, evidenceTotal } = answer;
  return [
    `${answerName(id)} to ${printable(askedText(answer.asked))}`,
    printable(
      `computed as of position ${inputPosition} by ${estimator} ${estimatorVersion} from ${counted(evidenceTotal, 'event')}, kept at position ${position}, sha256 ${answer.resultDigest}`,
    ),
    ...stateLines(answer),
    verificationLine(answer),
    ...familyLines(answer),
    '',
    ...resultLines(answer.result),
    ...rerunLines(answer),
    footer(answer),
  ].join('\n');
}

/** `verification` in a table. */
const VERIFIED: Readonly<Record<KeptAnswer['verification'], string>> = {
  verified: 'yes',
  differs: 'NO, it differs',
  other_version: 'no, other version',
  not_computable: 'NO, not computable',
  not_checked: 'not checked',
};

const WHY_VERIFIED: Readonly<Record<KeptAnswer['verification'], string>> = {
  verified: 'verified: the estimators compute the same bytes from the log',
  differs: 'NOT verified: the same versions of the estimators compute another result; --rerun shows where',
  other_version: 'not verified: other versions of the estimators compute another result; --rerun shows where',
  not_computable:
    'NOT verified: it is no answer to a question that can be asked of this log; --rerun says why',
  not_checked: 'not verified: nobody has computed it again yet',
};

const verificationLine = ({ verification }: KeptAnswer): string => WHY_VERIFIED[verification];

/** Changes are listed in full as JSON. */
const LISTED = 10;

function stateLines({ state, changes, laterAnswer, complete }: KeptAnswer): string[] {
  const unchanged = complete
    ? 'nothing that it rests on was changed'
    : 'no change of what it rests on is known, which is not complete: see below';
  if (state === 'current') return [`current: no later answer to the question is kept, and ${unchanged}`];
  const later = laterAnswer === null ? [] : [`  a later answer to the question: ${answerName(laterAnswer)}`];
  const lines = changes
    .slice(0, LISTED)
    .map(({ changed, by, type, reason, actor }) =>
      printable(
        `  position ${changed} was changed by ${type} at position ${by}: ${reason || 'no reason given'} (${actor || 'nobody named'})`,
      ),
    );
  const more = changes.length - LISTED;
  return ['superseded:', ...later, ...lines, ...(more > 0 ? [`  … and ${count(more)} more changes`] : [])];
}

/** The words that the tests recorded since change. */
function familyLines({ familyNow }: KeptAnswer): string[] {
  if (!familyNow) return [];
  const { name, tests, testsThen, effects } = familyNow;
  const changed = effects.filter(
    ({ interpretation, interpretationNow }) => interpretation !== interpretationNow,
  );
  if (changed.length === 0 && tests === testsThen) return [];
  const words = changed.length === 0 ? 'no word changes' : 'these words change';
  return [
    printable(
      `its family ${name} holds ${counted(tests, 'test')} by now; it was corrected over ${count(testsThen)}; ${words}`,
    ),
    ...changed.map(({ hypothesis, qValue, qValueNow, interpretation, interpretationNow }) =>
      printable(
        `  ${hypothesis}: ${WORDS[interpretation]} (q ${brief(qValue)}), by now ${WORDS[interpretationNow]} (q ${brief(qValueNow)})`,
      ),
    ),
  ];
}

/** Versions of a result whose effects this version prints. */
const READABLE: ReadonlySet<number> = new Set([1, 2, 3]);

function resultLines(text: string): string[] {
  const result = jsonOf<EffectsResult>(text);
  if (result?.kind === 'effects' && READABLE.has(result.version)) return effectsLines(result);
  return [printable(text), ''];
}

function rerunLines({ rerun, inputPosition, estimator, estimatorVersion }: KeptAnswer): string[] {
  if (!rerun) return [];
  if (rerun.refusal !== null) return [printable(`computed again: ${rerun.refusal}`), ''];
  if (rerun.same) return [`computed again as of position ${inputPosition}: same bytes`, ''];
  const lines = rerun.differences
    .slice(0, LISTED)
    .map(({ pointer, kept, now }) =>
      printable(`  ${pointer}: ${kept ?? 'absent'} is now ${now ?? 'absent'}`),
    );
  return [
    printable(
      `computed again as of position ${inputPosition}: ${counted(rerun.differencesTotal, 'member')} of the result ${rerun.differencesTotal === 1 ? 'differs' : 'differ'}, by ${rerun.estimator} ${rerun.estimatorVersion} (kept: ${estimator} ${estimatorVersion})`,
    ),
    ...lines,
    '',
  ];
}
