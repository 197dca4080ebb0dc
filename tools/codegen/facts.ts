import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type FactSchema = {
  readonly type: string;
  readonly major: number;
  readonly file: string;
  readonly schema: Record<string, unknown>;
  readonly sha256: string;
};

const FILE = /\.v(\d+)\.json$/;

/** Every fact schema under `schemas/events`, sorted by type and major version. */
export function readFacts(root: string): FactSchema[] {
  const events = join(root, 'schemas/events');
  const files = readdirSync(events).flatMap((context) =>
    readdirSync(join(events, context))
      .filter((name) => FILE.test(name))
      .map((name) => join(context, name)),
  );
  return files
    .map((file) => readFact(events, file))
    .sort(
      (left, right) =>
        (left.type < right.type ? -1 : Number(left.type > right.type)) || left.major - right.major,
    );
}

function readFact(events: string, file: string): FactSchema {
  const text = readFileSync(join(events, file), 'utf8');
  const major = Number(FILE.exec(file)?.[1]);
  const type = file.replace('/', '.').replace(FILE, '');
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { type, major, file, schema: JSON.parse(text), sha256 };
}

/** The newest major version of each type: what programs write. */
export const newestOf = (facts: readonly FactSchema[]): FactSchema[] =>
  facts.filter(({ type }, index) => facts[index + 1]?.type !== type);

/** Earlier majors, which stay readable for ever. */
export const earlierOf = (facts: readonly FactSchema[]): FactSchema[] =>
  facts.filter(({ type }, index) => facts[index + 1]?.type === type);

/** `training.run.started` → `training-run-started`; an earlier major ends in its number. */
export const moduleName = (type: string, earlier?: number): string =>
  type.replaceAll('.', '-') + (earlier === undefined ? '' : `-v${earlier}`);

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
