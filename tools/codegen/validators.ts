import standaloneCode from 'ajv/dist/standalone/index.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { validatorName } from './facts.ts';
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
    keywords: ['x-stream', 'x-telemetry'],
  });
  ajv.addSchema(withoutProse(envelope), 'envelope');
  for (const fact of facts) ajv.addSchema(withoutProse(fact.schema), fact.type);
  const names = Object.fromEntries(facts.map((fact) => [validatorName(fact.type), fact.type]));
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
