import type { KafkaEventLog, Topic } from '@tributary/event-log';
import { projections } from '@tributary/graphql';
import type { Runtime } from '@tributary/graphql';
import { eventsLook, openComparedTables, openGroupTables, rowLooks, unfollowed } from '@tributary/lifecycle';
import type { ComparedTables, GroupTables } from '@tributary/lifecycle';
import { tablesVersion } from '@tributary/projection';
import { askRuntime } from './ask-runtime.fixture.ts';
import { connectUnlessGrown, groupOf } from './kafka-world.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';
import { withOwn } from './ports.fixture.ts';
import type { GivenAnswer, Question } from './system.fixture.ts';

/**
 * Milliseconds between two comparisons of the tables with the log. Damage is done while nobody answers, so that the first
 * comparison must find it; on a busy machine more of them would cost more than the histories.
 */
const COMPARED = { interval: 60_000, totalsInterval: 20_000, recheck: 200 };

/** A process that answers from the tables of the group, as `api` does. */
export class KafkaAnswers {
  readonly #world: KafkaWorld;
  /** Its replica, which the process may have to open again. */
  readonly #log: () => KafkaEventLog;
  #topic: Topic | undefined;
  #tables: GroupTables | undefined;
  #compared: ComparedTables | undefined;

  private constructor(world: KafkaWorld, log: () => KafkaEventLog) {
    this.#world = world;
    this.#log = log;
  }

  static async open(world: KafkaWorld, log: () => KafkaEventLog): Promise<KafkaAnswers> {
    const answers = new KafkaAnswers(world, log);
    await answers.start();
    return answers;
  }

  get tables(): GroupTables {
    if (!this.#tables) throw new Error('no process answers');
    return this.#tables;
  }

  /** Why the tables may lack rows; undefined where they do not. */
  shortfall(): string | undefined {
    return this.#compared?.shortfall() ?? this.#tables?.shortfall() ?? unfollowed(this.#log());
  }

  /** A process that ends gives no answer, also not to what it was asked before. */
  async ask(question: Question): Promise<GivenAnswer> {
    const { blobs, deadLetters, directory, engine, mutation } = this.#world;
    const { tables } = this;
    const runtime: Runtime = {
      directory,
      log: this.#log(),
      blobs,
      deadLetters,
      engine,
      projector: withOwn<Runtime['projector']>(tables, { shortfall: () => this.shortfall() }),
      conditions: () => Promise.resolve([]),
      rebuild: () => Promise.reject(new Error('this process only reads the tables')),
    };
    return askRuntime(mutation.runtime?.(runtime) ?? runtime, question).finally(() => {
      if (this.#tables !== tables) throw new Error('the process ended before it answered');
    });
  }

  /** Nothing where partitions were added. */
  async start(): Promise<void> {
    const topic = await connectUnlessGrown(this.#world);
    if (!topic) return;
    const { engine, partitions } = this.#world;
    const tables = await openGroupTables({
      topic,
      group: groupOf(this.#world),
      version: await tablesVersion(engine.reader, projections),
      pollInterval: 250,
      timeout: 180_000,
    });
    const log: Pick<KafkaEventLog, 'head' | 'digestAt' | 'read'> = {
      head: () => this.#log().head(),
      digestAt: (position) => this.#log().digestAt(position),
      read: (range) => this.#log().read(range),
    };
    const { reader } = engine;
    const events = eventsLook({ reader, log, tables, partitions });
    const rows = rowLooks({ reader, tables, projections });
    this.#topic = topic;
    this.#tables = tables;
    this.#compared = await openComparedTables({
      events,
      rows,
      restarts: () => tables.restarts(),
      ...COMPARED,
    });
  }

  async close(): Promise<void> {
    await this.#compared?.close();
    await this.#tables?.close();
    await this.#topic?.close();
    this.#compared = undefined;
    this.#tables = undefined;
    this.#topic = undefined;
  }
}
