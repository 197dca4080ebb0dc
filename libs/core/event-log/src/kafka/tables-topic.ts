import { Fault, numberInPartition, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { sha256 } from '../append-request.ts';
import type { EventKey, KnownEvent } from './in-flight-index.ts';
import { eventKey } from './in-flight-index.ts';
import type { RecordFormat } from './record-format.ts';
import type { PartitionAssignment, TopicRecord } from './topic.ts';

type Options = {
  readonly assignment: PartitionAssignment;
  readonly format: RecordFormat<unknown>;
  readonly known: (events: readonly EventKey[]) => Promise<readonly KnownEvent[]>;
  /** What the tables have at a position. */
  readonly storedAt: (position: Position) => Promise<EventKey | undefined>;
};

/**
 * Recognises the topic that the tables were filled from: the record at their position must be what they have there. A
 * topic that was deleted and created again, or a broker without all records that became the leader, would otherwise be
 * projected on top of other facts. Looks once for an assignment, and wherever its reading was interrupted.
 */
export class TablesTopic {
  readonly #options: Options;
  #seen: number | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Throws Fault `log_replaced`. A topic that ends before the position is left to the caller. */
  async recognise(tables: Position | undefined): Promise<void> {
    const { assignment } = this.#options;
    const interruptions = assignment.interruptions();
    if (interruptions === this.#seen) return;
    const next = tables === undefined ? 0 : numberInPartition(parseEventPosition(tables));
    if (tables === undefined || next === 0) this.#seen = interruptions;
    if (tables === undefined || next === 0 || next > assignment.end()) return;
    if (!(await this.#isHeld(next - 1))) {
      this.#seen = assignment.interruptions();
      return;
    }
    const [record] = await assignment.read({ from: next - 1, limit: 1, maxBytes: 1 });
    if (!record) return;
    if (!(await this.#isOf(record, tables))) throw replaced(assignment.partition, next - 1);
    this.#seen = interruptions;
  }

  /** Whether the partition has a record at or after an offset. It has none if it begins right after it: retention has removed all before. */
  async #isHeld(offset: number): Promise<boolean> {
    const { assignment } = this.#options;
    try {
      await assignment.waitForRecord(offset);
      return true;
    } catch (fault) {
      if (assignment.first() === offset + 1) return false;
      throw fault;
    }
  }

  /**
   * Whether the tables may have a record at their position. They have none where it is an omission, or where rows are
   * lost, which is found and mended elsewhere; but they never have another one.
   */
  async #isOf(record: TopicRecord, tables: Position): Promise<boolean> {
    const { format, known, storedAt } = this.#options;
    const isThere = record.offset === numberInPartition(parseEventPosition(tables)) - 1;
    const read = isThere && !record.unreadable ? await format.read(record) : undefined;
    const event = read?.ok === true ? read.event : undefined;
    if (event) {
      const hash = sha256(event.bytes);
      const stored = await known([event]);
      if (stored.some((one) => isSame(one, event) && one.position === tables && one.hash === hash))
        return true;
    }
    return (await storedAt(tables)) === undefined;
  }
}

const isSame = (one: EventKey, other: EventKey): boolean => eventKey(one) === eventKey(other);

const replaced = (partition: number, offset: number): Fault =>
  new Fault(
    'log_replaced',
    `partition ${partition} holds another record at offset ${offset} than the tables were filled from: the topic was recreated, or a broker without all records has become its leader; restore the old records, or fill new tables in another database`,
  );
