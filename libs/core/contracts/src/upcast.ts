import { Fault } from '@tributary/kernel';
import { checkFact, majorIn, majorOf, readableMajors, schemaOf } from './catalogue.ts';
import type { Fact, FactType } from './catalogue.ts';
import type { EarlierCatalogue } from './generated/catalogue.ts';

/**
 * Converts the data of one major version into the next. Pure and total: no clock, no I/O, and an output for every input
 * that passed its schema.
 */
export type Upcaster = {
  readonly type: FactType;
  readonly from: number;
  /** SHA-256 of the golden file that fixes its behaviour, 16 hexadecimal digits. Another digest means other tables. */
  readonly digest: string;
  up(data: unknown): unknown;
};

type EarlierType = keyof EarlierCatalogue;

/** An upcaster from a major version of the catalogue to the next one. */
export function upcaster<Type extends EarlierType, From extends keyof EarlierCatalogue[Type] & number>(
  type: Type,
  from: From,
  digest: string,
  up: (data: EarlierCatalogue[Type][From]) => object,
): Upcaster {
  /* Capture has validated the data. Validating it again at every read would cost more than the read. */
  const isEarlier = (data: unknown): data is EarlierCatalogue[Type][From] =>
    typeof data === 'object' && data !== null;
  return {
    type,
    from,
    digest,
    up: (data) => {
      if (isEarlier(data)) return up(data);
      throw new Fault('unreadable_event', `the data is no ${type} of version ${from}`);
    },
  };
}

/** A function that returns a fact as its newest major version, whatever version it was written in. */
export function upcasting(upcasters: readonly Upcaster[]): (fact: Fact) => Fact {
  const steps = new Map(upcasters.map((step) => [`${step.type}.v${step.from}`, step]));
  return (fact) => {
    const newest = majorOf(fact.type);
    const written = readableMajors(fact.type).length === 1 ? newest : writtenIn(fact);
    if (written === newest) return fact;
    let data: unknown = fact.data;
    for (let major = written; major < newest; major += 1) {
      const step = steps.get(`${fact.type}.v${major}`);
      if (!step) throw new Fault('unreadable_event', `nothing reads version ${major} of ${fact.type}`);
      data = step.up(data);
    }
    return withData(fact, data);
  };
}

/** An event without a version was validated by the newest version of its time, so the newest that accepts it now is assumed. */
function writtenIn({ type, dataschema, data }: Fact): number {
  const newest = majorOf(type);
  if (dataschema !== undefined) return majorIn(type, dataschema) ?? newest;
  return readableMajors(type).findLast((major) => checkFact(type, data, major) === undefined) ?? newest;
}

function withData(fact: Fact, data: unknown): Fact {
  const read = { ...fact, data, dataschema: schemaOf(fact.type) };
  if (isNewest(read)) return read;
  throw new Fault('unreadable_event', `${fact.type} was read as no fact`);
}

/** Tests check the results of upcasters on golden files and on random instances of every earlier version. */
const isNewest = (fact: { type: FactType; data: unknown }): fact is Fact => typeof fact.data === 'object';
