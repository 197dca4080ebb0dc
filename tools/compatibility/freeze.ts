import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { breaches } from './structure.ts';
import { currentVersions, earlierMinors, frozenVersions, historyFile, indexText, nameOf } from './history.ts';
import type { Version } from './history.ts';

/** The reasons why the current schemas cannot be frozen; empty if they can. */
export function objections(current: readonly Version[], frozen: readonly Version[]): string[] {
  return current.flatMap((version) => [
    ...edits(version, frozen),
    ...earlierMinors(frozen, version).flatMap((older) =>
      breaches(older.schema, version.schema).map(
        ({ pointer, rule }) => `${nameOf(version)} breaks ${nameOf(older)} at ${pointer || '/'}: ${rule}`,
      ),
    ),
  ]);
}

function edits(version: Version, frozen: readonly Version[]): string[] {
  const known = frozen.find((other) => nameOf(other) === nameOf(version));
  if (!known || withoutWords(known.schema) === withoutWords(version.schema)) return [];
  return [`${nameOf(version)} is released and was changed: raise the minor version in its "$id"`];
}

/** The schema without its titles and descriptions, which may change at any time. */
const withoutWords = (schema: unknown): string =>
  JSON.stringify(schema, (key, value: unknown) =>
    (key === 'description' || key === 'title') && typeof value === 'string' ? undefined : value,
  );

/** Writes the minors that are not frozen yet, and the index. Returns their names, or the objections. */
export function freeze(root: string): { ok: true; added: string[] } | { ok: false; objections: string[] } {
  const current = currentVersions(root);
  const against = objections(current, frozenVersions(root));
  if (against.length > 0) return { ok: false, objections: against };
  const added = current.filter((version) => write(root, version)).map(nameOf);
  writeFileSync(join(root, 'schemas/index.json'), indexText(frozenVersions(root)));
  return { ok: true, added };
}

function write(root: string, version: Version): boolean {
  const file = join(root, 'schemas/events', historyFile(version));
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, version.text);
  return readFileSync(file, 'utf8') === version.text;
}

if (process.argv[1] === import.meta.filename) {
  const frozen = freeze(join(import.meta.dirname, '../..'));
  for (const line of frozen.ok ? frozen.added : frozen.objections) console.error(line);
  console.error(frozen.ok ? `froze ${frozen.added.length} versions` : 'froze nothing');
  process.exitCode = frozen.ok ? 0 : 1;
}
