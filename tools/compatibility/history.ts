import { groupBy } from '@tributary/kernel';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readFacts } from '../codegen/facts.ts';
import type { FactSchema } from '../codegen/facts.ts';
import type { Schema } from './schema.ts';

/** A minor version of a fact's schema, with its exact text. */
export type Version = {
  readonly type: string;
  readonly major: number;
  readonly minor: number;
  readonly text: string;
  readonly schema: Schema;
};

export const nameOf = ({ type, major, minor }: Omit<Version, 'text' | 'schema'>): string =>
  `${type}:${major}.${minor}`;

/** `corpus.shard.registered`, 1, 0 → `corpus/history/shard.registered.v1.0.json` under `schemas/events`. */
export function historyFile({ type, major, minor }: Omit<Version, 'text' | 'schema'>): string {
  const [context = '', ...fact] = type.split('.');
  return join(context, 'history', `${fact.join('.')}.v${major}.${minor}.json`);
}

/** The current schemas of all majors. */
export function currentVersions(root: string): Version[] {
  return readFacts(root).map((fact) => {
    const text = readFileSync(join(root, 'schemas/events', fact.file), 'utf8');
    return { type: fact.type, major: fact.major, minor: minorOf(fact), text, schema: fact.schema };
  });
}

function minorOf({ type, major, schema }: FactSchema): number {
  const id = String(schema['$id']);
  const [, minor] = new RegExp(`^urn:tributary:schema:${type}:${major}\\.(\\d+)$`).exec(id) ?? [];
  if (minor === undefined)
    throw new Error(`${type}.v${major}.json: "$id" does not match the file name: ${id}`);
  return Number(minor);
}

/** Every frozen minor, by type, major and minor. */
export function frozenVersions(root: string): Version[] {
  const events = join(root, 'schemas/events');
  return readdirSync(events)
    .map((context) => ({ context, folder: join(events, context, 'history') }))
    .filter(({ folder }) => existsSync(folder))
    .flatMap(({ context, folder }) => readdirSync(folder).map((name) => frozen(context, folder, name)))
    .sort(byVersion);
}

function frozen(context: string, folder: string, name: string): Version {
  const [, fact, major, minor] = /^(.+)\.v(\d+)\.(\d+)\.json$/.exec(name) ?? [];
  const text = readFileSync(join(folder, name), 'utf8');
  const type = `${context}.${fact}`;
  return { type, major: Number(major), minor: Number(minor), text, schema: JSON.parse(text) };
}

const byVersion = (left: Version, right: Version): number =>
  (left.type < right.type ? -1 : Number(left.type > right.type)) ||
  left.major - right.major ||
  left.minor - right.minor;

/** Every minor of a fact's major version before this one. */
export const earlierMinors = (versions: readonly Version[], { type, major, minor }: Version): Version[] =>
  versions.filter((other) => other.type === type && other.major === major && other.minor < minor);

/** The text of `schemas/index.json`: type → version → SHA-256 of the frozen schema's bytes. */
export function indexText(versions: readonly Version[]): string {
  const index = [...groupBy(versions, ({ type }) => type)].map(([type, minors]) => [
    type,
    Object.fromEntries(minors.map(({ major, minor, text }) => [`${major}.${minor}`, digestOf(text)])),
  ]);
  return `${JSON.stringify(Object.fromEntries(index), null, 2)}\n`;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
