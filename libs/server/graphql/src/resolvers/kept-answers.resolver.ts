import { Inject } from '@nestjs/common';
import { Args, Context, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import type { Attributor } from '@tributary/attribution-jobs';
import { freshness } from '../answer.ts';
import type { CallContext } from '../caller.ts';
import { valueOf } from '../closed-set.ts';
import type { Counted } from '../connection.ts';
import { AnswerVerification, AttributionRefusal } from '../generated/schema.ts';
import type {
  KeepOutcome,
  KeptAnswer,
  MutationKeepAnswerArgs,
  Query,
  QueryAnswerArgs,
  QueryAnswersArgs,
  QueryPredictedAgainstFoundArgs,
  Rerun,
} from '../generated/schema.ts';
import { attributionOf } from '../ledger/attribution-answer.ts';
import { keepAnswer } from '../ledger/keep-answer.ts';
import { answersPage, findAnswer } from '../ledger/kept-answer.ts';
import type { FoundAnswer } from '../ledger/kept-answer.ts';
import { oneByOne } from '../ledger/one-by-one.ts';
import { predictedAgainstFound } from '../ledger/predicted-against-found.ts';
import { rerun } from '../ledger/rerun.ts';
import { rememberedVerifications, verificationOf } from '../ledger/verification.ts';
import { ATTRIBUTOR, RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** An answer that is computed again only where a question selects what needs it, and then once. */
type Found = Omit<KeptAnswer, 'rerun' | 'verification'> & {
  readonly rerun: () => Promise<Rerun>;
  readonly verification: () => Promise<AnswerVerification>;
};

@Resolver()
export class KeptAnswersResolver {
  readonly #runtime: Runtime;
  readonly #attributor: Attributor;
  /** Answers of a family are kept one after the other, so that each counts the tests before it. */
  readonly #afterOthersOf = oneByOne();
  readonly #verifications = rememberedVerifications();

  constructor(@Inject(RUNTIME) runtime: Runtime, @Inject(ATTRIBUTOR) attributor: Attributor) {
    this.#runtime = runtime;
    this.#attributor = attributor;
  }

  @GraphQuery('answer')
  async answer(@Args() { id, asOf }: QueryAnswerArgs): Promise<Found> {
    const fresh = await freshness(this.#runtime, asOf);
    const found = await findAnswer(this.#runtime.engine.reader, fresh, id);
    let computed: Promise<Rerun> | undefined;
    const computeAgain = () => (computed ??= this.#computeAgain(found));
    return {
      ...found.answer,
      rerun: computeAgain,
      verification: async () => {
        if (this.#verifications.of(found.row) === AnswerVerification.NotChecked) await computeAgain();
        return this.#verifications.of(found.row);
      },
    };
  }

  async #computeAgain(found: FoundAnswer): Promise<Rerun> {
    const again = await rerun({ runtime: this.#runtime, attributor: this.#attributor }, found);
    this.#verifications.remember(found.row, verificationOf(found, again));
    return again;
  }

  @GraphQuery('answers')
  async answers(@Args() { experiment, asOf, ...page }: QueryAnswersArgs): Promise<Counted<Query['answers']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    return answersPage({ reader, fresh, verifications: this.#verifications }, experiment ?? null, page);
  }

  @GraphQuery('predictedAgainstFound')
  async predictedAgainstFound(
    @Args() { mixture, asOf }: QueryPredictedAgainstFoundArgs,
  ): Promise<Query['predictedAgainstFound']> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    return predictedAgainstFound({ reader, fresh, verifications: this.#verifications }, mixture);
  }

  @GraphMutation('keepAnswer')
  async keepAnswer(
    @Args() { asOf, ...question }: MutationKeepAnswerArgs,
    @Context() { caller }: CallContext,
  ): Promise<KeepOutcome> {
    const answering = { runtime: this.#runtime, attributor: this.#attributor };
    const kept = await this.#afterOthersOf(question.family ?? question.experiment ?? '', () =>
      keepAnswer(answering, { ...question, askedBy: caller?.name }, asOf),
    );
    if (!kept.ok) {
      const refusal = valueOf(AttributionRefusal, kept.refusal, 'the refusal of a question');
      return { __typename: 'AttributionRefused', refusal, text: kept.text };
    }
    if (kept.isNew) this.#verifications.remember(kept.row, AnswerVerification.Verified);
    return {
      __typename: 'AnswerKept',
      id: kept.row.answer_id,
      question: kept.row.question_id,
      isNew: kept.isNew,
      inputPosition: kept.row.input_position,
      attribution: attributionOf(kept.answer, kept.fresh),
    };
  }
}
