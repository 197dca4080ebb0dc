import type { Environment } from './environment.ts';
import type { RecordedEvent } from './event-log.ts';
import { afterUuids, idKey, isUuidKey, numberKey, numberOf, writeNumber } from './keys.ts';
import { readUuid } from './uuid.ts';

type Source = {
  readonly number: number;
  /** The greatest UUID of the source in the log: a greater one is new without a look-up. */
  greatestUuid: string;
};

/** Finds positions by source and id. The few sources are kept in memory by number, ids in LMDB. */
export class IdIndex {
  readonly #environment: Environment;
  readonly #sources = new Map<string, Source>();
  #unwritten: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
    this.reload();
  }

  /** Holds in memory what is stored. */
  reload(): void {
    this.#sources.clear();
    this.#unwritten = [];
    for (const { key, value } of this.#environment.sources.getRange()) {
      const number = numberOf(key);
      this.#sources.set(value.toString(), { number, greatestUuid: this.#greatestUuid(number) });
    }
  }

  /** Whether an id is new without a look-up. Interns the source, because the id is about to be appended. */
  isSurelyNew(sourceText: string, id: string): boolean {
    const source = this.#sources.get(sourceText) ?? this.#intern(sourceText);
    if (id <= source.greatestUuid || !isUuidKey(idKey(source.number, id))) return false;
    source.greatestUuid = id;
    return true;
  }

  find(sourceText: string, id: string): number | undefined {
    const source = this.#sources.get(sourceText);
    const value = source && this.#environment.ids.getBinaryFast(idKey(source.number, id));
    return value && numberOf(value);
  }

  /** To be called within an LMDB batch. The events have consecutive positions. */
  put(events: readonly RecordedEvent[], firstPosition: number): void {
    const { ids, sources } = this.#environment;
    const positions = Buffer.allocUnsafeSlow(events.length * 8);
    let offset = 0;
    for (const { source, id } of events) {
      writeNumber(positions, offset, firstPosition + offset / 8);
      void ids.put(idKey(this.#number(source), id), positions.subarray(offset, offset + 8));
      offset += 8;
    }
    for (const text of this.#unwritten) void sources.put(numberKey(this.#number(text)), Buffer.from(text));
    this.#unwritten = [];
  }

  #number(sourceText: string): number {
    return (this.#sources.get(sourceText) ?? this.#intern(sourceText)).number;
  }

  #intern(text: string): Source {
    const source = { number: this.#sources.size + 1, greatestUuid: '' };
    this.#sources.set(text, source);
    this.#unwritten.push(text);
    return source;
  }

  #greatestUuid(number: number): string {
    const [last] = this.#environment.ids.getKeys({ start: afterUuids(number), reverse: true, limit: 1 });
    return last?.length === 20 && last.readUInt32BE(0) === afterUuids(number).readUInt32BE(0) - 1
      ? readUuid(last, 4)
      : '';
  }
}
