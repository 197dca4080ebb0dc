import { isLaterVersion, orderOfVersion } from '@tributary/kernel';
import { factTypes, majorOf, schemaOf } from './catalogue.ts';
import type { FactType } from './catalogue.ts';

const VERSIONS: ReadonlyMap<string, string> = new Map(
  factTypes.map((type) => [type, schemaOf(type).slice(schemaOf(type).lastIndexOf(':') + 1)]),
);

/** The newest version of a type's schema that this program has, as MAJOR.MINOR; undefined for a type that it does not have. */
export const versionOf = (type: string): string | undefined => VERSIONS.get(type);

/** Whether this program lacks a version of a type's schema, or the type. */
export function lacksVersion(type: string, version: string): boolean {
  const own = versionOf(type);
  return own === undefined || isLaterVersion(version, own);
}

/** The sum of the orders of all versions. Types and versions are only ever added, so it ascends from release to release. */
export const contractNumber: number = [...VERSIONS.values()].reduce(
  (sum, version) => sum + orderOfVersion(version),
  0,
);

/**
 * The number of the contract with which statements of it began (36 types, one of them with a second major version and one
 * with a second minor version). A group that states none was last committed by that contract or by an earlier one.
 */
export const FIRST_STATED_CONTRACT = 370_001;

/** Minor versions other than 0 that facts of our own stated before minors were fixed. */
const FIXED_MINORS: ReadonlyMap<FactType, number> = new Map([['mixture.experiment.assigned', 1]]);

/**
 * The `dataschema` of a fact that Tributary makes itself, from a file or from a request of another protocol. Its minor
 * version never changes: the same request after an update has the same bytes, and is a repeat and not a conflict.
 */
export const madeSchemaOf = (type: FactType): string =>
  `urn:tributary:schema:${type}:${majorOf(type)}.${FIXED_MINORS.get(type) ?? 0}`;
