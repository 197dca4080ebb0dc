import { Fault, valueIn } from '@tributary/kernel';
import type { z } from 'zod';
import { EARLIER_NAMES } from './renamed.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable as the documentation lists it. */
export type Variable = {
  readonly name: string;
  readonly description: string;
  /** The text that stands for the variable where it is not set. */
  readonly default?: string | undefined;
  readonly isRequired: boolean;
  /** Whether empty text is refused, because the process would do something else than is meant in silence. */
  readonly refusesEmpty?: boolean | undefined;
};

/** Problems name their variable. */
type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problems: readonly string[] };

/** A part of a configuration that reads itself from the environment. */
export type Setting<Value> = {
  readonly variables: readonly Variable[];
  read(env: Environment): Outcome<Value>;
};

export type ValueOf<Part> = Part extends Setting<infer Value> ? Value : never;

type Parts = Readonly<Record<string, Setting<unknown>>>;
type Values<Group extends Parts> = { readonly [Key in keyof Group]: ValueOf<Group[Key]> };

/** Compose files and charts set a variable to empty text where they leave it out, so that is as if it were not set. */
const textOf = (env: Environment, name: string): string | undefined => valueIn(env, name) || undefined;

/** Declares one variable. `shape` reads its text; a shape that takes `undefined` makes the variable optional. */
export function variable<Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  declared: Omit<Variable, 'name' | 'isRequired'>,
): Setting<z.output<Shape>> {
  const earlier = EARLIER_NAMES.get(name);
  return {
    variables: [{ name, ...declared, isRequired: !shape.safeParse(declared.default).success }],
    read(env) {
      if (earlier !== undefined && textOf(env, earlier) !== undefined)
        return { ok: false, problems: [`${earlier}: this variable is now ${name}; set ${name} instead`] };
      if (declared.refusesEmpty && valueIn(env, name) === '')
        return { ok: false, problems: [`${name}: is empty; leave it out where it is not meant`] };
      const parsed = shape.safeParse(textOf(env, name) ?? declared.default);
      if (parsed.success) return { ok: true, value: parsed.data };
      return { ok: false, problems: parsed.error.issues.map(({ message }) => `${name}: ${message}`) };
    },
  };
}

/** Joins settings to an object. `check` sees the values when each of them is usable, and returns further problems. */
export function group<Group extends Parts>(
  parts: Group,
  check: (values: Values<Group>) => readonly string[] = () => [],
): Setting<Values<Group>> {
  return {
    variables: Object.values(parts).flatMap(({ variables }) => variables),
    read(env) {
      const outcomes = Object.entries(parts).map(([key, part]) => ({ key, outcome: part.read(env) }));
      const problems = outcomes.flatMap(({ outcome }) => (outcome.ok ? [] : outcome.problems));
      if (problems.length > 0) return { ok: false, problems };
      const entries = outcomes.map(({ key, outcome }) => [key, outcome.ok ? outcome.value : undefined]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every key has the value of its own part
      const value = Object.fromEntries(entries) as Values<Group>;
      const failed = check(value);
      return failed.length > 0 ? { ok: false, problems: failed } : { ok: true, value };
    },
  };
}

/** A setting that is absent where the variable `name` is not set. One that is empty is refused: it was meant to be there. */
export function optional<Value>(name: string, setting: Setting<Value>): Setting<Value | undefined> {
  return {
    variables: setting.variables.map((declared) => ({
      ...declared,
      isRequired: false,
      refusesEmpty: declared.name === name,
    })),
    read: (env) => (valueIn(env, name) === undefined ? { ok: true, value: undefined } : setting.read(env)),
  };
}

/** Reads a configuration. Throws Fault `configuration` with every problem in one message, by the variable's name. */
export function readSettings<Value>(setting: Setting<Value>, env: Environment): Value {
  const outcome = setting.read(env);
  if (outcome.ok) return outcome.value;
  throw new Fault('configuration', `the configuration is not usable\n  ${outcome.problems.join('\n  ')}`);
}
