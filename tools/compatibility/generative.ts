import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { asSeenBy, instancesOf } from './instances.ts';
import { isSchema } from './schema.ts';
import type { Schema } from './schema.ts';

const SEED = 20_261_124;

const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  unicode: false,
  allErrors: true,
  logger: false,
  verbose: true,
  addUsedSchema: false,
  keywords: ['x-stream', 'x-telemetry', 'x-unit', 'x-unknown-branch'],
});

export const validatorOf = (schema: Schema): ValidateFunction =>
  ajv.compile(Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$id')));

/** Throws with a counterexample unless every instance of the older version is one of the newer. */
export function readsOlder(older: Schema, newer: Schema, runs: number): void {
  const validate = validatorOf(newer);
  fc.assert(
    fc.property(instancesOf(older), (value) => validate(value)),
    { seed: SEED, numRuns: runs },
  );
}

/** Throws unless a reader of the older version can take what the newer one writes, apart from what it ignores. */
export function isReadByOlder(older: Schema, newer: Schema, runs: number): void {
  const validate = validatorOf(older);
  fc.assert(
    fc.property(instancesOf(newer), (value) => {
      validate(asSeenBy(value, older, older));
      return (validate.errors ?? []).every(isIgnored);
    }),
    { seed: SEED, numRuns: runs },
  );
}

/** A reader takes longer texts, and has a branch for values of an enumeration that it does not know. */
function isIgnored({ keyword, parentSchema }: ErrorObject): boolean {
  if (keyword === 'maxLength') return true;
  return keyword === 'enum' && isSchema(parentSchema) && parentSchema['x-unknown-branch'] === true;
}
