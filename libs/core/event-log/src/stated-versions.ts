import { isLaterVersion } from '@tributary/kernel';
import type { NewEvent } from './event-log.ts';

/** The newest version of a type's schema that a program has, as MAJOR.MINOR; undefined for a type that it does not have. */
export type VersionOf = (type: string) => string | undefined;

/** From which position on events of a type were accepted by a program with a version of its schema. */
type Statement = readonly [version: string, from: number];
type Statements = ReadonlyMap<string, readonly Statement[]>;

/**
 * What a log states about the versions of schemas: a statement for each type, and another one whenever a program with
 * another version appends to it. So an older program recognises what a newer one accepted, and which of its own events
 * came later; the bytes of events stay as they are, because a retry must have the same ones.
 */
export class StatedVersions {
  readonly #versionOf: VersionOf | undefined;
  #statements: Statements;

  /**
   * `value` is what `encodeStatements` made, or undefined in a log without statements. A program without `versionOf` states
   * nothing and lacks nothing.
   */
  constructor(value: Buffer | undefined, versionOf: VersionOf | undefined) {
    this.#versionOf = versionOf;
    this.#statements = decode(value);
  }

  /** The types that have events of a version that this program lacks, each with the latest such version. */
  newer(): readonly (readonly [type: string, version: string])[] {
    return [...this.#statements].flatMap(([type, statements]) => {
      const later = statements.findLast(([version]) => this.#lacks(type, version));
      return later ? [[type, later[0]] as const] : [];
    });
  }

  /** The version by which the event at a position was accepted, where this program lacks it. */
  newerAt(type: string, position: number): string | undefined {
    const stated = this.#statements.get(type)?.findLast(([, from]) => from <= position);
    return stated && this.#lacks(type, stated[0]) ? stated[0] : undefined;
  }

  /** The statements after these events, the first of them at `position`; undefined where they state nothing else. */
  after(events: readonly Pick<NewEvent, 'type'>[], position: number): Statements | undefined {
    let next: Map<string, readonly Statement[]> | undefined;
    for (const [index, { type }] of events.entries()) {
      const version = this.#versionOf?.(type);
      const stated = (next ?? this.#statements).get(type) ?? [];
      if (version === undefined || stated.at(-1)?.[0] === version) continue;
      next ??= new Map(this.#statements);
      next.set(type, [...stated, [version, position + index]]);
    }
    return next;
  }

  /** The statements of a commit hold once it is durable. */
  accept(statements: Statements): void {
    this.#statements = statements;
  }

  #lacks(type: string, version: string): boolean {
    if (!this.#versionOf) return false;
    const own = this.#versionOf(type);
    return own === undefined || isLaterVersion(version, own);
  }
}

export const encodeStatements = (statements: Statements): Buffer =>
  Buffer.from(JSON.stringify([...statements]));

function decode(value: Buffer | undefined): Statements {
  return new Map<string, readonly Statement[]>(value ? JSON.parse(value.toString()) : []);
}
