import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { rfc3339 } from '@tributary/kernel';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';

@Resolver()
export class ImportResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('eventById')
  async eventById(@Args() { source, id }: { source: string; id: string }) {
    const event = await this.#runtime.log.find(source, id);
    if (!event) return null;
    const { bytes, recordTime, ...recorded } = event;
    return { ...recorded, recordTime: rfc3339(recordTime), json: Buffer.from(bytes).toString('utf8') };
  }
}
