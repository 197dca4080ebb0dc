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

/** Throws with a counterexample unless every instance of the older version is valid under the newer one. */
export function readsOlder(older: Schema, newer: Schema, runs: number): void {
  const validate = validatorOf(newer);
  fc.assert(
    fc.property(instancesOf(older), (value) => validate(value)),
    { seed: SEED, numRuns: runs },
  );
}

/** Throws unless a reader of the older version accepts every instance of the newer one, without unknown properties. */
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

/** The schema as a tolerant reader applies it: strings may be longer, and open enumerations may have unknown values. */
function isIgnored({ keyword, parentSchema }: ErrorObject): boolean {
  if (keyword === 'maxLength') return true;
  return keyword === 'enum' && isSchema(parentSchema) && parentSchema['x-unknown-branch'] === true;
}
