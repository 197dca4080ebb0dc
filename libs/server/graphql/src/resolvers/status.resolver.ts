import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { RecordedEvent } from '@tributary/event-log';
import { positionFromText, rfc3339 } from '@tributary/kernel';
import { faultText } from '@tributary/http';
import { asOfPosition, freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';
import { VERSION } from '@tributary/http';

@Resolver()
export class StatusResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('status')
  async status() {
    const { log, projector, directory } = this.#runtime;
    const { asOf: projected, lag, complete } = await freshness(this.#runtime, null);
    const fault = projector.fault();
    const counts = Object.entries(log.counts()).toSorted(([left], [right]) => (left < right ? -1 : 1));
    return {
      version: VERSION,
      directory,
      log: await asOfPosition(this.#runtime, log.head()),
      projected,
      lag,
      complete,
      fault: fault === undefined ? null : faultText(fault),
      unprojected: projector.unprojected()?.count ?? 0,
      obstacles: await this.#runtime.conditions(),
      counts: counts.map(([type, count]) => ({ type, count })),
    };
  }

  @Query('event')
  async event(@Args('position') position: string) {
    const event = await this.#runtime.log.at(positionFromText(position));
    return event ? recorded(event) : null;
  }

  @Mutation('rebuild')
  rebuild(@Args('verify') verify: boolean) {
    return this.#runtime.rebuild({ verify });
  }
}

const recorded = ({ bytes, recordTime, ...event }: RecordedEvent) => ({
  ...event,
  recordTime: rfc3339(recordTime),
  json: Buffer.from(bytes).toString('utf8'),
});
