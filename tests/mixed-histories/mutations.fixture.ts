import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '@tributary/clickhouse';
import type { DeadLetters } from '@tributary/dead-letters';
import type { EventLog, KafkaEventLog, LocalLog, NewEvent, Receipt, Topic } from '@tributary/event-log';
import type { Runtime } from '@tributary/graphql';
import { START } from '@tributary/kernel';
import type { CopyRun } from './kafka-move.fixture.ts';
import { damagedProcess, deletedTables, lostBlock, noRoomAtAll } from './accidents.fixture.ts';
import { withOwn } from './ports.fixture.ts';
import type { Plan } from './steps.fixture.ts';
import { codeOf } from './system.fixture.ts';

/** A defect that is planted in one part of a system, to see whether histories find it. */
export type Mutation = {
  /** The accidents that it needs, where a mix of all seldom shows it: what is broken otherwise answers incompletely anyway. */
  readonly accident?: Plan['accident'];
  readonly log?: (log: LocalLog) => LocalLog;
  /** The topic as a process that appends sees it, and its log. */
  readonly topic?: (topic: Topic) => Topic;
  readonly topicLog?: (log: KafkaEventLog) => KafkaEventLog;
  readonly deadLetters?: (deadLetters: DeadLetters) => DeadLetters;
  readonly copy?: (run: CopyRun) => CopyRun;
  readonly engine?: (engine: Engine) => Engine;
  /** A projector takes the engine's word for an insert that was repeated. */
  readonly believesRepeats?: boolean;
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

/**
 * An insert that is repeated is another one for the engine, and who looks for its rows before finds none: with either alone
 * the projector inserts nothing twice, or halts. It also halts where the table whose rows are counted after a repeat,
 * `log_event`, forgets, so that one remembers.
 */
const rowsRepeated: Mutation = {
  engine: (engine) => {
    let inserts = 0;
    return {
      ...engine,
      reader: {
        all: async (query, params) =>
          query.name === 'stored-range' ? [] : await engine.reader.all(query, params),
      },
      insert: (batch) =>
        engine.insert(
          batch.token.startsWith('log_event:')
            ? batch
            : { ...batch, token: `${batch.token} ${(inserts += 1)}` },
        ),
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

/** A request for which the broker had no room is acknowledged. */
const refusalAcknowledged: Mutation = {
  topicLog: (log) =>
    withOwn(log, {
      append: (events, options) =>
        log.append(events, options).catch((fault: unknown) => {
          const cause = fault instanceof Error ? fault.cause : undefined;
          if (codeOf(cause) !== 'broker_unreachable') throw fault;
          const receipts = events.map(madeReceipt);
          return { ok: true, stored: events.length, storedByType: {}, duplicates: 0, receipts };
        }),
    }),
};

function madeReceipt({ source, id, stream, bytes }: NewEvent): Receipt {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { source, id, stream, hash, position: START, streamSequence: 1, recordTime: '' };
}

/** A replica leaves out the records that its disk had no room for. */
const unwrittenSkipped: Mutation = {
  topic: (topic) =>
    withOwn(topic, {
      follow: (options) =>
        topic.follow({ ...options, take: (fetched) => options.take(fetched).catch(() => undefined) }),
    }),
};

/** A record that is refused while the disk of the dead letters is full is dropped. */
const refusedDropped: Mutation = {
  accident: noRoomAtAll,
  deadLetters: (deadLetters) =>
    withOwn(deadLetters, { park: (refusals) => deadLetters.park(refusals).catch(() => []) }),
};

/** What arrived after the first run of a copy is left in the old topic. */
const copiedOnce: Mutation = {
  copy: (run) => (from, to, isLast) => (isLast ? Promise.resolve(0) : run(from, to, isLast)),
};

/** With damage alone: a mix seldom asks while the tables lack rows and nothing else keeps an answer from being complete. */
const groupShortfallHidden: Mutation = { ...shortfallHidden, accident: deletedTables };
const processShortfallHidden: Mutation = { ...shortfallHidden, accident: damagedProcess };

/** An engine that was killed in an insert knows the token of a block that it does not have, and is believed. */
const repeatsBelieved: Mutation = { believesRepeats: true, accident: lostBlock };

type Mutations = Readonly<Record<string, Mutation>>;

/** Defects of one process. Its tables are compared with the log at each start, which hides some others. */
export const IN_ONE_PROCESS: Mutations = {
  'a cursor that moves before the insert': cursorBeforeInsert,
  'a log that forgets the ids of the process before it': idsForgotten,
  'a log that loses the last event of a request': lastEventLost,
  'an answer that ignores the lag': lagIgnored,
  'an answer that hides what the tables lack': processShortfallHidden,
};

/** Defects of processes on a broker. */
export const ON_KAFKA: Mutations = {
  'a cursor that moves before the insert': cursorBeforeInsert,
  'a batch that is repeated unseen by an engine that forgets tokens': rowsRepeated,
  'a repeated insert that is believed': repeatsBelieved,
  'an answer that ignores the lag': lagIgnored,
  'an answer that hides what the tables lack': groupShortfallHidden,
  'a writer that acknowledges what the broker had no room for': refusalAcknowledged,
  'a replica that leaves out what its disk had no room for': unwrittenSkipped,
  'a projector that drops what the dead letters had no room for': refusedDropped,
  'a copy that is not completed': copiedOnce,
};
