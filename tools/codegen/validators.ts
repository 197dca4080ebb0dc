import standaloneCode from 'ajv/dist/standalone/index.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { newestOf, validatorName } from './facts.ts';
import type { FactSchema } from './facts.ts';

const BANNER = '// Generated from schemas/ by `npm run codegen`. Do not edit.\n// @ts-nocheck\n';

/** One module with a compiled validator for the envelope and for each fact (Ajv standalone code). */
export function validatorsModule(facts: readonly FactSchema[], envelope: Record<string, unknown>): string {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    unicode: false,
    logger: false,
    code: { source: true, esm: true, lines: true },
    keywords: ['x-stream', 'x-telemetry', 'x-unit', 'x-unknown-branch'],
  });
  ajv.addSchema(withoutProse(envelope), 'envelope');
  const newest = new Set(newestOf(facts));
  const nameOf = (fact: FactSchema): string =>
    validatorName(fact.type) + (newest.has(fact) ? '' : `V${fact.major}`);
  for (const fact of facts) ajv.addSchema(withoutProse(fact.schema), nameOf(fact));
  const names = Object.fromEntries(facts.map((fact) => [nameOf(fact), nameOf(fact)]));
  const generate = standaloneCode.default;
  return BANNER + generate(ajv, { envelope: 'envelope', ...names });
}

/** Descriptions are for readers; compiled code would carry them along. */
function withoutProse(schema: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );
  return JSON.parse(text);
}
