import { Inject } from '@nestjs/common';
import { Args, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import type { RecordedEvent as LogEvent } from '@tributary/event-log';
import { faultText, VERSION } from '@tributary/http';
import { Fault, positionFromText, rfc3339, underSignal } from '@tributary/kernel';
import type { Rebuilt } from '@tributary/projection';
import { asOfPosition, freshnessOfTables } from '../answer.ts';
import { countsOf } from '../dead-letter-answers.ts';
import type {
  MutationRebuildArgs,
  Query,
  QueryEventArgs,
  QueryEventByIdArgs,
  Rebuild,
  RecordedEvent,
  TableDivergence,
} from '../generated/schema.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class StatusResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('status')
  async status(): Promise<Query['status']> {
    const { log, projector, directory, deadLetters } = this.#runtime;
    const { asOf: projected, lag, complete } = await freshnessOfTables(this.#runtime, null);
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
      deadLetters: countsOf(deadLetters),
      readinessConditions: await this.#runtime.conditions(),
      counts: counts.map(([type, count]) => ({ type, count })),
    };
  }

  @GraphQuery('event')
  async event(@Args() { position }: QueryEventArgs): Promise<Query['event']> {
    const event = await this.#runtime.log.at(positionFromText(position));
    if (event) return recorded(event);
    throw new Fault('unknown_event', `there is no event at position ${position}`);
  }

  @GraphQuery('eventById')
  async eventById(@Args() { source, id }: QueryEventByIdArgs): Promise<Query['eventById']> {
    const event = await this.#runtime.log.find(source, id);
    if (event) return recorded(event);
    throw new Fault('unknown_event', `there is no event ${id} of source ${source}`);
  }

  @GraphMutation('rebuild')
  async rebuild(@Args() { verify, acceptMissing }: MutationRebuildArgs): Promise<Rebuild> {
    const request = { verify: verify ?? false, acceptMissing: acceptMissing ?? false };
    /* It is for the server, and others may wait for it: it goes on without the client that asked. */
    const outcome = await underSignal(undefined, () => this.#runtime.rebuild(request));
    return { ...outcome, divergence: divergenceOf(outcome.divergence) };
  }
}

const recorded = ({ bytes, recordTime, ...event }: LogEvent): RecordedEvent => ({
  ...event,
  recordTime: rfc3339(recordTime),
  json: Buffer.from(bytes).toString('utf8'),
});

const divergenceOf = (divergence: Rebuilt['divergence']): TableDivergence | null =>
  divergence === undefined
    ? null
    : {
        ...divergence,
        position: divergence.position ?? null,
        type: divergence.type ?? null,
        key: divergence.key ?? null,
      };
