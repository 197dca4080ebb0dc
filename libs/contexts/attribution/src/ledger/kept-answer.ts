import type { FactCatalogue } from '@tributary/contracts';
import { canonicalDigest, canonicalJson } from '@tributary/json';
import { z } from 'zod';
import type { Effect } from '../effect.ts';
import type { EffectFamily } from '../family.ts';
import { hypothesisOf } from '../family.ts';

const names = z.array(z.string()).readonly().nullable();

/**
 * A question as it is kept. Names are sorted and distinct; null stands for all that the experiment has. `level` is the
 * confidence level of the intervals, `family` the recorded family that the tests belong to. Negative control outcomes are
 * absent where none was named.
 */
export const keptQuestion = z.object({
  experiment: z.string(),
  capabilities: names,
  slices: names,
  displacement: z.string(),
  level: z.number(),
  family: z.string(),
  negativeControlOutcomes: z.array(z.string()).readonly().optional(),
});
export type KeptQuestion = Readonly<z.infer<typeof keptQuestion>>;

/** An answer of `attribute` with everything that its reader sees, apart from the position that it was computed as of. */
export type AnswerToKeep = {
  readonly experiment: string;
  readonly questions: number;
  readonly family: EffectFamily;
  readonly effects: readonly Effect[];
  /** Whether the tables held everything recorded up to the position. */
  readonly complete: boolean;
};

/** A fact of the ledger. */
export type LedgerFact = {
  readonly [Type in LedgerType]: { readonly type: Type; readonly data: FactCatalogue[Type] };
}[LedgerType];
type LedgerType =
  'attribution.question.asked' | 'attribution.question.answered' | 'attribution.test.recorded';

/** Most positions that a fact lists; each effect of the result lists all of its own. */
const MAX_EVIDENCE = 10_000;

/** The id of a question: SHA-256 of its canonical JSON. Equal questions have one id, whoever asks and whenever. */
export const questionIdOf = (question: KeptQuestion): string => canonicalDigest(question);

/** An answer as it is recorded: the result as JSON, the SHA-256 of its canonical form, and what computed it. */
export type FrozenAnswer = {
  readonly result: Readonly<Record<string, unknown>>;
  readonly resultDigest: string;
  readonly estimator: Effect['estimator'];
};

/** Version of the members and the words of a result. 3: tests are decided in the order of their family. */
export const RESULT_VERSION = 3;

/**
 * Freezes an answer. The result names its kind and version, so that later versions can read it. What JSON does not have is
 * left out (an absent member) or text (`Infinity`).
 */
export function freezeAnswer(answer: AnswerToKeep): FrozenAnswer {
  const { experiment, questions, family, effects, complete } = answer;
  const whole = {
    kind: 'effects',
    version: RESULT_VERSION,
    experiment,
    questions,
    family,
    effects,
    complete,
  };
  const result: FrozenAnswer['result'] = JSON.parse(JSON.stringify(whole, finite));
  return { result, resultDigest: canonicalDigest(result), estimator: estimatorsOf(effects) };
}

const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** What an answer was computed as of and from: events by position, and the runs, scores and experiments that they are about. */
export type LedgerBasis = {
  readonly inputPosition: string;
  readonly evidence: readonly string[];
  readonly uses?: readonly string[];
  /** Who asks, where it is known. */
  readonly askedBy?: string | undefined;
};

/**
 * The facts of an answer: the question, the answer, and a test for each effect with a p value. `evidence` are the positions
 * of the events behind the answer, in the order of the log; the fact lists the first 10,000.
 */
export function ledgerFacts(
  question: KeptQuestion,
  answer: AnswerToKeep,
  { inputPosition, evidence, uses = [], askedBy }: LedgerBasis,
): readonly LedgerFact[] {
  const questionId = questionIdOf(question);
  const answered = {
    questionId,
    ...freezeAnswer(answer),
    inputPosition,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    ...(uses.length > 0 && { uses: [...uses] }),
  };
  return [
    {
      type: 'attribution.question.asked',
      data: { questionId, question, ...(askedBy !== undefined && { askedBy }) },
    },
    { type: 'attribution.question.answered', data: answered },
    ...testsOf(question, answer).map((test) => ({
      type: 'attribution.test.recorded' as const,
      data: { ...test, questionId, inputPosition },
    })),
  ];
}

/** The estimators of all effects, as one: `controlled_ablation.welch+response_surface.gaussian_process`, `5+2`. */
function estimatorsOf(effects: readonly Effect[]): Effect['estimator'] {
  const distinct = new Map(effects.map(({ estimator }) => [canonicalJson(estimator), estimator]));
  if (distinct.size === 0) return { id: 'none', version: '1' };
  const sorted = [...distinct].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return {
    id: sorted.map(([, { id }]) => id).join('+'),
    version: sorted.map(([, { version }]) => version).join('+'),
  };
}

function testsOf({ experiment, family }: KeptQuestion, { effects }: AnswerToKeep) {
  return effects.flatMap((effect) =>
    effect.pValue === null
      ? []
      : [
          {
            familyId: family,
            hypothesis: hypothesisOf(experiment, effect),
            estimator: effect.estimator,
            pValue: effect.pValue,
          },
        ],
  );
}

/** A member of a result that differs: a JSON pointer, and the canonical JSON on both sides; null where it is absent. */
export type ResultDifference = {
  readonly pointer: string;
  readonly kept: string | null;
  readonly now: string | null;
};

/** Where two JSON values differ, by their innermost members, in the order of the kept value and then of the other. */
export function resultDifferences(kept: unknown, now: unknown, pointer = ''): ResultDifference[] {
  const [before, after] = [textOf(kept), textOf(now)];
  if (before === after) return [];
  const [left, right] = [membersOf(kept), membersOf(now)];
  if (!left || !right || Array.isArray(kept) !== Array.isArray(now))
    return [{ pointer, kept: before, now: after }];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    resultDifferences(left.get(key), right.get(key), `${pointer}/${escaped(key)}`),
  );
}

const textOf = (value: unknown): string | null => (value === undefined ? null : canonicalJson(value));

const membersOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;

/** A reference token of RFC 6901. */
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
