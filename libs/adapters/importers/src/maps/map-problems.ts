import { columnsIn, factsOfMap } from './map.ts';
import type { FileMap, Role } from './map.ts';

type Check = readonly [isWrong: boolean, problem: string];

/** What is missing in a map, or contradicts itself, whatever file it reads. */
export function problemsIn(map: FileMap): string[] {
  const checks = [...patternChecks(map), ...roleChecks(map), ...factChecks(map)];
  return checks.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
}

function patternChecks(map: FileMap): Check[] {
  const { reads, patterns, pairs, columns, names } = map;
  const hasPairs = ['key', 'value'].every((group) => pairs?.groups.includes(group));
  return [
    [reads === 'log' && patterns.length === 0, 'patterns: a log needs at least one'],
    [reads === 'table' && patterns.length > 0, 'patterns: only a log has them'],
    [reads === 'log' && (columns ?? names) !== undefined, 'columns: only a table has them'],
    [pairs !== undefined && !hasPairs, 'pairs: needs the groups key and value'],
    ...unusedGroups(map).map((column): Check => [true, `${column}: no pattern has a group of this name`]),
  ];
}

/** The columns of a log that no pattern can fill. Keys of pairs are known only from the lines. */
function unusedGroups(map: FileMap): string[] {
  const { reads, patterns, pairs, path } = map;
  if (reads !== 'log' || pairs !== undefined) return [];
  const groups = new Set([...patterns.flatMap((pattern) => pattern.groups), ...(path?.groups ?? [])]);
  return columnsIn(map).filter((column) => !groups.has(column));
}

function roleChecks({ roles }: FileMap): Check[] {
  const needs = (role: Role, other: Role, what: string): Check => [
    roles.has(role) && !roles.has(other),
    `${role}: needs ${other}, the column of its ${what}`,
  ];
  return [
    needs('value', 'metric', 'name'),
    needs('slice', 'tokens', 'amounts'),
    needs('benchmark', 'score', 'value'),
    needs('first_step', 'last_step', 'end'),
    needs('last_step', 'first_step', 'start'),
    [roles.has('attempt') && roles.has('restart'), 'restart: it says what attempt says; name one of them'],
  ];
}

const YIELDS =
  'metrics, or metric and value, make steps; slice and tokens, or slices, make exposure; benchmark and score, or benchmarks, make scores';

function factChecks(map: FileMap): Check[] {
  const { roles, benchmarks } = map;
  const { steps, exposure, scores } = factsOfMap(map);
  const hasRange = roles.has('step') || roles.has('first_step');
  return [
    [!steps && !exposure && !scores, `it yields no facts: ${YIELDS}`],
    [
      exposure && !hasRange,
      'step: exposure needs it, or first_step and last_step: over which steps were the tokens consumed?',
    ],
    [
      scores && benchmarks === undefined && !roles.has('metric'),
      'metric: a score needs it, such as {is: accuracy}',
    ],
  ];
}
