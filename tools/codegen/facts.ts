import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type FactSchema = {
  readonly type: string;
  readonly file: string;
  readonly schema: Record<string, unknown>;
  readonly sha256: string;
};

/** Every fact schema under `schemas/events`, sorted by type. */
export function readFacts(root: string): FactSchema[] {
  const events = join(root, 'schemas/events');
  const files = readdirSync(events).flatMap((context) =>
    readdirSync(join(events, context))
      .filter((name) => name.endsWith('.v1.json'))
      .map((name) => join(context, name)),
  );
  return files.sort().map((file) => readFact(events, file));
}

function readFact(events: string, file: string): FactSchema {
  const text = readFileSync(join(events, file), 'utf8');
  const type = file.replace('/', '.').replace(/\.v1\.json$/, '');
  return { type, file, schema: JSON.parse(text), sha256: createHash('sha256').update(text).digest('hex') };
}

/** `training.run.started` → `training-run-started`. */
export const moduleName = (type: string): string => type.replaceAll('.', '-');

/** `training.run.started` → `TrainingRunStarted`. */
export const typeName = (type: string): string =>
  type
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** `training.run.started` → `trainingRunStarted`. */
export const validatorName = (type: string): string => {
  const name = typeName(type);
  return name.charAt(0).toLowerCase() + name.slice(1);
};
