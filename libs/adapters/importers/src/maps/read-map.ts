import { plainYaml } from '../files/plain-yaml.ts';
import { isObject } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { NUMBER_FORMATS } from './cell.ts';
import { linearPattern } from './linear-pattern.ts';
import type { LinearPattern } from './linear-pattern.ts';
import { problemsIn } from './map-problems.ts';
import { ROLES } from './map.ts';
import type { FileMap, Reference, Role, WideColumns } from './map.ts';

type MapRefusal = { readonly ok: false; readonly refusal: 'map_refused'; readonly text: string };
export type ReadMap = { readonly ok: true; readonly map: FileMap } | MapRefusal;

const WIDE = ['metrics', 'slices', 'benchmarks'] as const;
const OTHERS = ['reads', 'patterns', 'pairs', 'path', 'columns', 'numbers'] as const;
/** The name of a column that a list leaves out. */
const LEFT_OUT = '-';
const KEYS: readonly string[] = [...OTHERS, ...ROLES, ...WIDE];

/** What a proposed map leaves open, such as `run: ?`. YAML reads a lone question mark as something else. */
const OPEN = /^([ \t]*[\w-]+:[ \t]*)\?(?=[ \t]*(?:#.*)?$)/gm;

/** Reads a map from YAML. A map that is not complete is refused with everything that is missing or wrong. */
export function readMap(text: string): ReadMap {
  const { documents, broken } = plainYaml(text.replaceAll(OPEN, '$1"?"'));
  if (broken !== undefined) return refused([`it is not valid YAML: ${broken}`]);
  const [document] = documents;
  if (!isObject(document)) return refused(['it has no keys; tributary map PATH proposes one']);
  return mapOf(document);
}

const refused = (problems: readonly string[]): MapRefusal => ({
  ok: false,
  refusal: 'map_refused',
  text: `the map cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
});

/** Reads a map from plain values. */
function mapOf(document: JsonObject): ReadMap {
  const { map, problems } = uncheckedMap(document);
  const all = [...problems, ...problemsIn(map)];
  return all.length > 0 ? refused(all) : { ok: true, map };
}

/** What can be read of a map, and what is wrong with its single values. */
export function uncheckedMap(document: JsonObject): { readonly map: FileMap; readonly problems: string[] } {
  const problems: string[] = Object.keys(document)
    .filter((key) => !KEYS.includes(key))
    .map((key) => `there is no ${key.slice(0, 40)}; there are: ${KEYS.join(', ')}`);
  const members = new Map(Object.entries(document));
  const patterns = patternsOf(members.get('patterns'), problems);
  const map: FileMap = {
    reads: members.get('reads') === 'log' ? 'log' : 'table',
    patterns,
    pairs: patternOf('pairs', members.get('pairs'), problems),
    path: patternOf('path', members.get('path'), problems),
    columns: Array.isArray(members.get('columns'))
      ? undefined
      : patternOf('columns', members.get('columns'), problems),
    names: namesOf(members.get('columns'), problems),
    numbers: formatOf(members.get('numbers'), problems),
    roles: rolesOf(members, problems),
    metrics: wideOf('metrics', members.get('metrics'), problems),
    slices: wideOf('slices', members.get('slices'), problems),
    benchmarks: wideOf('benchmarks', members.get('benchmarks'), problems),
  };
  if (!['table', 'log'].includes(String(members.get('reads')))) problems.push('reads: must be table or log');
  return { map, problems };
}

function patternsOf(value: unknown, problems: string[]): LinearPattern[] {
  if (value === undefined) return [];
  const sources = Array.isArray(value) ? value : [value];
  return sources.flatMap((source: unknown) => patternOf('patterns', source, problems) ?? []);
}

function patternOf(key: string, value: unknown, problems: string[]): LinearPattern | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '?') {
    problems.push(`${key}: must be a pattern such as 'step (?P<step>\\d+): loss (?P<loss>\\S+)'`);
    return undefined;
  }
  const pattern = linearPattern(value);
  if (!('refusal' in pattern)) return pattern;
  problems.push(pattern.text);
  return undefined;
}

/** The columns of a table without a header, from a list. An open one is called by its position. */
function namesOf(value: unknown, problems: string[]): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((name: unknown, index) => {
    if (name === LEFT_OUT) return '';
    if (typeof name === 'string' && name !== '' && name !== '?') return name;
    problems.push(`columns: the name of column ${index + 1} is missing; "${LEFT_OUT}" leaves it out`);
    return `column ${index + 1}`;
  });
  const named = names.filter((name) => name !== '');
  const twice = named.find((name, index) => named.indexOf(name) < index);
  if (twice !== undefined) problems.push(`columns: two are called ${twice.slice(0, 40)}`);
  return names;
}

function formatOf(value: unknown, problems: string[]): FileMap['numbers'] {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '1234.5';
  const format = NUMBER_FORMATS.find((known) => known === text);
  if (format === undefined || typeof value === 'object')
    problems.push(`numbers: must be one of ${NUMBER_FORMATS.map((known) => `"${known}"`).join(', ')}`);
  return format ?? '1234.5';
}

function rolesOf(members: ReadonlyMap<string, unknown>, problems: string[]): Map<Role, Reference> {
  const roles = new Map<Role, Reference>();
  for (const role of ROLES) {
    const value = members.get(role);
    if (value === undefined) continue;
    const reference = referenceOf(value);
    if (reference) roles.set(role, reference);
    else problems.push(`${role}: ${shown(value)} is missing: name a column, or {is: TEXT} for all rows`);
  }
  return roles;
}

function referenceOf(value: unknown): Reference | undefined {
  if (typeof value === 'string') return value === '?' || value === '' ? undefined : { column: value };
  if (!isObject(value)) return undefined;
  const [key, inner] = Object.entries(value)[0] ?? [];
  if (key === 'is' && ['string', 'number', 'boolean'].includes(typeof inner)) return { is: String(inner) };
  return key === 'last' && typeof inner === 'string' ? { lastOf: inner } : undefined;
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);

function wideOf(key: string, value: unknown, problems: string[]): WideColumns | undefined {
  if (value === undefined) return undefined;
  if (value === 'all') return 'all';
  const entries = Array.isArray(value) ? value.map((column: unknown) => [column, column]) : entriesOf(value);
  const isNamed =
    entries.length > 0 &&
    entries.flat().every((name) => typeof name === 'string' && name !== '' && name !== '?');
  if (!isNamed) {
    problems.push(`${key}: must be a list of columns, NAME: COLUMN for each, or all`);
    return undefined;
  }
  return new Map(entries.map(([name, column]) => [String(name), String(column)]));
}

const entriesOf = (value: unknown): unknown[][] => (isObject(value) ? Object.entries(value) : []);
