import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { rfc3339 } from '@tributary/kernel';
import type { Spine } from '../spine.ts';
import { SPINE } from '../tokens.ts';

@Resolver()
export class ImportResolver {
  readonly #spine: Spine;

  constructor(@Inject(SPINE) spine: Spine) {
    this.#spine = spine;
  }

  @Query('eventById')
  async eventById(@Args() { source, id }: { source: string; id: string }) {
    const event = await this.#spine.log.find(source, id);
    if (!event) return null;
    const { bytes, recordTime, ...recorded } = event;
    return { ...recorded, recordTime: rfc3339(recordTime), json: Buffer.from(bytes).toString('utf8') };
  }
}
