import { Inject } from '@nestjs/common';
import { Args, Context, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import type { DeadLetter as StoredDeadLetter } from '@tributary/dead-letters';
import { replay } from '@tributary/intake';
import { Fault } from '@tributary/kernel';
import { actingAs } from '../caller.ts';
import type { CallContext } from '../caller.ts';
import { sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { countsOf, deadLetterOf, totalOf } from '../dead-letter-answers.ts';
import type {
  DeadLetter,
  MutationDiscardDeadLetterArgs,
  MutationReplayDeadLetterArgs,
  Query,
  QueryDeadLetterArgs,
  QueryDeadLettersArgs,
} from '../generated/schema.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

const PAGE = { most: 500, usual: 50 };

@Resolver()
export class DeadLettersResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('deadLetters')
  async deadLetters(
    @Args() { state, code, ...page }: QueryDeadLettersArgs,
  ): Promise<Counted<Query['deadLetters']>> {
    const { deadLetters } = this.#runtime;
    const filter = { state: state ?? undefined, code: code ?? undefined };
    const found = await deadLetters.list(filter, {
      first: sizeOf(page, PAGE),
      after: page.after ?? undefined,
    });
    const nodes = found.deadLetters.map((stored) => deadLetterOf(stored, undefined));
    return {
      nodes,
      pageInfo: { hasNextPage: found.next !== undefined, endCursor: nodes.at(-1)?.id ?? null },
      totalCount: () => totalOf(deadLetters, filter),
      counts: countsOf(deadLetters),
    };
  }

  @GraphQuery('deadLetter')
  async deadLetter(@Args() { id }: QueryDeadLetterArgs): Promise<Query['deadLetter']> {
    const opened = await this.#runtime.deadLetters.get(id);
    if (opened) return deadLetterOf(opened.deadLetter, opened.bytes);
    throw new Fault('dead_letter_unknown', `there is no dead letter ${id}`);
  }

  @GraphMutation('replayDeadLetter')
  async replayDeadLetter(
    @Args() { id, fixedText, actor }: MutationReplayDeadLetterArgs,
    @Context() context: CallContext,
  ): Promise<DeadLetter> {
    const by = { actor: actingAs(context, actor), by: context.caller };
    return this.#opened(await replay(this.#runtime, id, { ...by, fixed: fixedText ?? undefined }));
  }

  @GraphMutation('discardDeadLetter')
  async discardDeadLetter(
    @Args() { id, reason, actor }: MutationDiscardDeadLetterArgs,
    @Context() context: CallContext,
  ): Promise<DeadLetter> {
    const by = { reason, actor: actingAs(context, actor) };
    return this.#opened(await this.#runtime.deadLetters.discard(id, by));
  }

  async #opened(stored: StoredDeadLetter): Promise<DeadLetter> {
    return deadLetterOf(stored, (await this.#runtime.deadLetters.get(stored.id))?.bytes);
  }
}
