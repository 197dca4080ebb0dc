import type ts from 'typescript';
import { assignmentsIn, readsIn, SAFE_ASSIGNMENTS, SAFE_READS } from './dictionaries.ts';
import { findInProgram } from './program.ts';
import type { Rule } from './program.ts';
import { BOUNDED_SPREADS, spreadsIn } from './spreads.ts';

type Listed = {
  readonly rule: Rule;
  /** What it finds and may stand, with the reason. */
  readonly allowed: ReadonlyMap<string, string>;
  readonly advice: string;
};

/** The rules that need the types of the compiler, by what they refuse. */
const RULES = new Map<string, Listed>([
  [
    'assigns to a member of a plain object by a text that a user may choose',
    { rule: assignmentsIn, allowed: SAFE_ASSIGNMENTS, advice: 'use a Map, or Object.fromEntries' },
  ],
  [
    'reads a member of a plain object by a text that a user may choose',
    { rule: readsIn, allowed: SAFE_READS, advice: 'use a Map, valueIn or Object.hasOwn' },
  ],
  [
    'makes a list of any length the arguments of a call',
    { rule: spreadsIn, allowed: BOUNDED_SPREADS, advice: 'use appendAll, largest, smallest, or a loop' },
  ],
]);

export const RULE_NAMES = [...RULES.keys()];

/** What breaks a rule in these files of a program, and what the rule allows by name and no longer finds: one line each. */
export function broken(name: string, program: ts.Program, paths: readonly string[]): string[] {
  const listed = RULES.get(name);
  if (!listed) throw new Error(`there is no rule that refuses what ${name}`);
  const { rule, allowed, advice } = listed;
  const found = findInProgram(program, paths, rule);
  return [
    ...found.filter((one) => !allowed.has(one)).map((one) => `${one}: ${name}; ${advice}`),
    ...[...allowed.keys()]
      .filter((one) => !found.includes(one))
      .map((one) => `${one}: is allowed in tools/typed-rules and is not there any more; take it out`),
  ];
}
