import { isUtf8 } from 'node:buffer';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeadLetter, DeadLetterState } from '@tributary/dead-letters';
import { Fault } from '@tributary/kernel';
import { replay } from '@tributary/intake';
import { explanationOf } from '../explanation.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';

type Asked = { state?: DeadLetterState | null; code?: string | null; first: number; after?: string | null };

const MAX_PAGE = 500;

@Resolver('Status')
export class DeadLettersResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('deadLetters')
  async deadLetters(@Args() { state, code, first, after }: Asked) {
    if (first < 1 || first > MAX_PAGE)
      throw new Fault('page_out_of_range', `first is from 1 to ${MAX_PAGE}, not ${first}`);
    const filter = { state: state ?? undefined, code: code ?? undefined };
    const page = await this.#runtime.deadLetters.list(filter, { first, after: after ?? undefined });
    const letters = page.deadLetters.map((letter) => shown(letter, undefined));
    return { letters, next: page.next ?? null, counts: this.#counts() };
  }

  @Query('deadLetter')
  async deadLetter(@Args('id') id: string) {
    const opened = await this.#runtime.deadLetters.get(id);
    return opened ? shown(opened.deadLetter, opened.bytes) : null;
  }

  @Mutation('replayDeadLetter')
  async replayDeadLetter(@Args() asked: { id: string; fixedText?: string | null; actor: string }) {
    const { id, fixedText, actor } = asked;
    return this.#opened(await replay(this.#runtime, id, { actor, fixed: fixedText ?? undefined }));
  }

  @Mutation('discardDeadLetter')
  async discardDeadLetter(@Args() { id, ...by }: { id: string; reason: string; actor: string }) {
    return this.#opened(await this.#runtime.deadLetters.discard(id, by));
  }

  @ResolveField('deadLetters')
  ofStatus(@Parent() _status: unknown) {
    return this.#counts();
  }

  #counts() {
    const { byCode, ...counts } = this.#runtime.deadLetters.counts();
    const codes = Object.entries(byCode).toSorted(([left], [right]) => (left < right ? -1 : 1));
    return { ...counts, byCode: codes.map(([code, count]) => ({ code, count })) };
  }

  async #opened(letter: DeadLetter) {
    return shown(letter, (await this.#runtime.deadLetters.get(letter.id))?.bytes);
  }
}

function shown(letter: DeadLetter, bytes: Buffer | undefined) {
  return {
    ...letter,
    explanation: explanationOf(letter),
    text: bytes?.toString('utf8') ?? null,
    lossy: bytes !== undefined && !isUtf8(bytes),
  };
}
