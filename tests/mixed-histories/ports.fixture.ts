import type { Engine } from '@tributary/clickhouse';
import type { LocalLog, NewEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { BlockRange } from '@tributary/projection';
import type { Effects } from './effects.fixture.ts';
import { NEWER_TYPE } from './facts.fixture.ts';

/** Requests that will fail for lack of room: before they are done, or after. What an insert brought may be lost, but not its token. */
export type Failing = { left: number; isDone: boolean; isLost?: boolean };

/** Does a request that may fail. Throws `fault` where it does. */
export async function failing<Result>(
  next: Failing,
  request: () => Promise<Result>,
  fault: () => Fault,
): Promise<Result> {
  if (next.left === 0) return request();
  next.left -= 1;
  if (next.isDone) await request();
  throw fault();
}

/** An object with some members of its own; all others are those of the target. */
export const withOwn = <Target extends object>(target: Target, own: Partial<Target>): Target =>
  new Proxy(target, {
    get: (_target, name) => {
      const owner = Object.hasOwn(own, name) ? own : target;
      const value: unknown = Reflect.get(owner, name, owner);
      return typeof value === 'function' ? value.bind(owner) : value;
    },
  });

/** The log of a process that can be killed. */
export const logOf = (log: LocalLog, effects: Effects): LocalLog =>
  withOwn(log, {
    append: (events, options) => effects.run('append', () => log.append(events, options)),
    cursors: {
      get: (name) => log.cursors.get(name),
      set: (name, cursor) => effects.run('tables', () => log.cursors.set(name, cursor)),
    },
  });

/** The engine as a process that can be killed and frozen sees it. Closing it is left to the test. */
export const engineOf = (engine: Engine, effects: Effects, next: Failing): Engine => ({
  version: engine.version,
  reader: engine.reader,
  encoder: (table) => engine.encoder(table),
  command: (sql) => effects.run('tables', () => engine.command(sql)),
  insert: (batch) => effects.runHeld(() => failing(next, insertOf(engine, batch, next), noRoomForRows)),
  close: () => Promise.resolve(),
});

type Insert = Parameters<Engine['insert']>[0];

/** An insert that the engine may be killed in. The blocks of counts are spared: the engine merges them with others. */
function insertOf(engine: Engine, batch: Insert, { left, isLost }: Failing): () => Promise<void> {
  const range = rangeOf(batch);
  const isSpared = left === 0 || isLost !== true || range === undefined || range.table === 'log_range';
  return async () => {
    await engine.insert(batch);
    if (isSpared) return;
    const rows = `_position > ${range.after} AND _position <= ${range.until}`;
    await engine.command(
      `ALTER TABLE tributary.${range.table} DELETE WHERE ${rows} SETTINGS mutations_sync = 2`,
    );
  };
}

/** A projector's inserts say which rows of the log they have. */
const rangeOf = (batch: Insert & { readonly range?: BlockRange }): BlockRange | undefined => batch.range;

const noRoomForRows = (): Fault =>
  new Fault('disk_full', 'the disk of the tables is full, as planned', { retryable: true });

/** An engine that several systems use one after the other. */
export type SharedEngine = {
  readonly engine: Engine;
  /** Resolves when no insert and no statement is under way, whoever has sent it: one of a dead process may arrive after its death. */
  readonly quiet: () => Promise<void>;
};

export function sharedEngine(engine: Engine): SharedEngine {
  const running = new Set<Promise<void>>();
  const counted = (work: Promise<void>): Promise<void> => {
    const done = work.finally(() => running.delete(done));
    running.add(done);
    return done;
  };
  const insert: Engine['insert'] = (batch) => counted(engine.insert(batch));
  const command: Engine['command'] = (sql) => counted(engine.command(sql));
  return {
    engine: { ...engine, insert, command },
    quiet: async () => void (await Promise.allSettled(running)),
  };
}

const LATER = NEWER_TYPE.replace('score', 'verdict');

/** An event as a version reads it that does not have the newer type: of a type that is unknown to it. */
export function asOlder<Event extends NewEvent>(event: Event): Event {
  if (event.type !== NEWER_TYPE) return event;
  const text = Buffer.from(event.bytes).toString().replace(`"type":"${NEWER_TYPE}"`, `"type":"${LATER}"`);
  return { ...event, type: LATER, bytes: Buffer.from(text), parsed: undefined };
}

export const readAsOlder =
  (log: LocalLog): LocalLog['read'] =>
  async (range) =>
    (await log.read(range)).map(asOlder);
