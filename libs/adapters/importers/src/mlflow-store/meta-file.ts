import { parseDocument } from 'yaml';
import { rfc3339, valueIn } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import { objectIn, numberIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** The file in which MLflow describes a folder. */
export const META = 'meta.yaml';

/** MLflow writes no aliases. The limit is against alias expansion attacks. */
const MAX_ALIASES = 10;

/** Which kind of folder a `meta.yaml` describes, recognised by its members. */
export async function kindOfMeta(file: SourceFile): Promise<'experiment' | 'run' | undefined> {
  const members = new Set([...(await file.headText()).matchAll(/^(\w+):/gm)].map(([, name]) => name));
  if (!members.has('experiment_id') || members.has('model_id')) return undefined;
  if (members.has('run_id') || members.has('run_uuid')) return 'run';
  return members.has('artifact_location') ? 'experiment' : undefined;
}

/**
 * The members of a `meta.yaml`, with every scalar as text: an id such as `1234e56` does not become a number. Rejects
 * invalid YAML and returns no members then.
 */
export async function metaIn(file: SourceFile, findings: Findings): Promise<JsonObject> {
  const text = await file.text();
  const members = text.trim() === '' ? 'the file is empty' : membersOf(text);
  if (typeof members !== 'string') return members;
  findings.reject(file.path, '', `${members}; the other files of the folder were imported`);
  return {};
}

function membersOf(text: string): JsonObject | string {
  try {
    const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false });
    const [error] = document.errors;
    if (error) return `the file is not valid YAML: ${error.message.split('\n')[0] ?? ''}`;
    return objectIn(document.toJS({ maxAliasCount: MAX_ALIASES })) ?? 'the file is not a YAML mapping';
  } catch (fault) {
    return `the file is not valid YAML: ${fault instanceof Error ? fault.message : 'unknown'}`;
  }
}

/** The text of a member; undefined if it is empty or null in YAML. */
export function memberIn(meta: JsonObject, name: string): string | undefined {
  const value = valueIn(meta, name);
  return typeof value === 'string' && !['', '~', 'null'].includes(value) ? value : undefined;
}

/** The time of a fact from milliseconds since 1970. Absent outside of this century, like in the MLflow protocol. */
export function timeOf(millis: string | undefined): { readonly time?: string } {
  const number = numberIn(millis ?? '') ?? 0;
  return number >= 946_684_800_000 && number < 4_102_444_800_000
    ? { time: rfc3339(Math.round(number * 1000)) }
    : {};
}
