import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '@tributary/clickhouse';
import type { EventLog, LocalLog, NewEvent } from '@tributary/event-log';
import type { Runtime } from '@tributary/graphql';
import { withOwn } from './ports.fixture.ts';

/** A defect that is planted in one part of a system, to see whether histories find it. */
export type Mutation = {
  readonly log?: (log: LocalLog) => LocalLog;
  readonly engine?: (engine: Engine) => Engine;
  readonly runtime?: <R extends Pick<Runtime, 'projector'> & { readonly log: Pick<EventLog, 'head'> }>(
    runtime: R,
  ) => R;
};

/** The cursor moves while the rows are still on their way. */
const cursorBeforeInsert: Mutation = {
  engine: (engine) => ({
    ...engine,
    insert: (batch) => {
      void pause(300).then(() => engine.insert(batch).catch(() => undefined));
      return Promise.resolve();
    },
  }),
};

/** An insert that is repeated is another one for the engine. */
const tokensForgotten: Mutation = {
  engine: (engine) => {
    let inserts = 0;
    return {
      ...engine,
      insert: (batch) => engine.insert({ ...batch, token: `${batch.token} ${(inserts += 1)}` }),
    };
  },
};

/** Each process starts with an empty index of ids. */
const idsForgotten: Mutation = {
  log: (log) => {
    const own = new Set<string>();
    let others = 0;
    const renamed = async (event: NewEvent): Promise<NewEvent> => {
      const isOld = !own.has(event.id) && (await log.find(event.source, event.id)) !== undefined;
      own.add(event.id);
      return isOld ? { ...event, source: `${event.source}#${(others += 1)}` } : event;
    };
    return withOwn(log, {
      append: async (events, options) => {
        const appended = await log.append(await Promise.all(events.map(renamed)), options);
        if (!appended.ok) return appended;
        const receipts = appended.receipts.map((one) => ({ ...one, source: one.source.split('#')[0] ?? '' }));
        return { ...appended, receipts };
      },
    });
  },
};

/** A request is acknowledged with what it would have got, and the last of its events is not written. */
const lastEventLost: Mutation = {
  log: (log) =>
    withOwn(log, {
      append: async (events, options) => {
        const appended = await log.append(events.slice(0, events.length > 3 ? -1 : undefined), options);
        if (!appended.ok || appended.receipts.length === events.length) return appended;
        const [first] = appended.receipts;
        return first ? { ...appended, receipts: [...appended.receipts, first] } : appended;
      },
    }),
};

/** An answer takes the end of the log for the position of the tables. */
const lagIgnored: Mutation = {
  runtime: (runtime) => ({
    ...runtime,
    projector: withOwn(runtime.projector, { position: () => runtime.log.head() }),
  }),
};

/** An answer does not say that rows are missing. */
const shortfallHidden: Mutation = {
  runtime: (runtime) => ({
    ...runtime,
    projector: withOwn(runtime.projector, { shortfall: () => undefined }),
  }),
};

type Mutations = Readonly<Record<string, Mutation>>;

/** Defects of one process. Its tables are compared with the log at each start, which hides some others. */
export const IN_ONE_PROCESS: Mutations = {
  'a cursor that moves before the insert': cursorBeforeInsert,
  'a log that forgets the ids of the process before it': idsForgotten,
  'a log that loses the last event of a request': lastEventLost,
  'an answer that ignores the lag': lagIgnored,
  'an answer that hides what the tables lack': shortfallHidden,
};

/** Defects of processes on a broker. */
export const ON_KAFKA: Mutations = {
  'a cursor that moves before the insert': cursorBeforeInsert,
  'an engine that forgets tokens': tokensForgotten,
  'an answer that ignores the lag': lagIgnored,
};
