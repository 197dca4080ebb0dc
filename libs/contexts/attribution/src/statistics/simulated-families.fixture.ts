import { permutation } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { lond } from './lond.ts';
import { pairedComparison, welch } from './welch.ts';

const RATE = 0.05;

type Family = {
  readonly slices: number;
  readonly capabilities: number;
  readonly seeds: number;
  /** Whether the arms run the same seeds, whose own noise is then as large as that of a run. */
  readonly blocked: boolean;
  /** Part of the contrasts that have an effect, and its size in standard deviations of a run; half of them are negative. */
  readonly real: number;
  readonly size: number;
  /** Most questions of one request. */
  readonly together: number;
};

type Asked = { readonly pValue: number; readonly isReal: boolean };

/**
 * The questions of one experiment in the order in which they are asked: every slice against one full mixture, on capabilities
 * that share half of the variance of a run. So contrasts depend on each other through the runs of the full mixture, those of
 * the slice, and what capabilities share.
 */
function askedFamily(generator: Random, of: Family): readonly (readonly Asked[])[] {
  const { slices, capabilities, seeds, blocked } = of;
  const each = <T>(count: number, value: () => T): T[] => Array.from({ length: count }, value);
  const shifts = each(seeds, () => each(capabilities, () => (blocked ? generator.normal() : 0)));
  const armOf = (effects: readonly number[]): number[][] => {
    const common = each(seeds, () => Math.SQRT1_2 * generator.normal());
    return effects.map((effect, capability) =>
      common.map(
        (shared, seed) => effect + shared + Math.SQRT1_2 * generator.normal() + shifts[seed]![capability]!,
      ),
    );
  };
  const full = armOf(each(capabilities, () => 0));
  const compare = blocked ? pairedComparison : welch;
  const contrasts = each(slices, () => {
    const effects = each(capabilities, () => {
      if (generator.uniform() >= of.real) return 0;
      return generator.uniform() < 0.5 ? of.size : -of.size;
    });
    const without = armOf(effects);
    return effects.map((effect, capability): Asked => {
      const { pValue } = compare(without[capability]!, full[capability]!);
      return { pValue, isReal: effect !== 0 };
    });
  }).flat();
  const order = permutation(contrasts.length, generator).map((index) => contrasts[index]!);
  const requests: Asked[][] = [];
  for (let at = 0; at < order.length;) {
    const size = 1 + generator.integer(of.together);
    requests.push(order.slice(at, at + size));
    at += size;
  }
  return requests;
}

/** Which hypotheses are found when their request is answered. */
type Rule = (requests: readonly (readonly number[])[]) => readonly (readonly boolean[])[];

/** LOND over requests, as answers do it. */
const inOrder: Rule = (requests) => {
  let before = { tests: 0, found: 0 };
  return requests.map((pValues) => {
    const found = lond(pValues, before).qValues.map((qValue) => qValue <= RATE);
    before = { tests: before.tests + pValues.length, found: before.found + found.filter(Boolean).length };
    return found;
  });
};

/** Benjamini and Hochberg over all tests so far, whose words are given as soon as they are asked for. */
const overAllSoFar: Rule = (requests) =>
  requests.map((pValues, index) => {
    const sofar = requests.slice(0, index + 1).flat();
    return benjaminiHochberg(sofar)
      .slice(-pValues.length)
      .map((qValue) => qValue <= RATE);
  });

/** Benjamini and Hochberg inside each request, which stands alone. */
const eachAlone: Rule = (requests) =>
  requests.map((pValues) => benjaminiHochberg(pValues).map((qValue) => qValue <= RATE));

/** All questions in one request. */
const atOnce: Rule = (requests) => {
  const found = lond(requests.flat(), { tests: 0, found: 0 }).qValues.map((qValue) => qValue <= RATE);
  return [found];
};

const RULES = { inOrder, atOnce, overAllSoFar, eachAlone };
type RuleName = keyof typeof RULES;

type FamilyLaws = { readonly falseDiscoveries: number; readonly power: number };

/** By rule, the rate of wrong words among all words of an experiment, and the part of real effects that get one. */
export function familyLaws<Name extends RuleName>(
  of: Family,
  { generator, repetitions, rules }: { generator: Random; repetitions: number; rules: readonly Name[] },
): Record<Name, FamilyLaws> {
  const families = Array.from({ length: repetitions }, () => askedFamily(generator, of));
  const lawsBy = (name: Name): FamilyLaws => {
    const sums = { wrong: 0, found: 0, real: 0 };
    for (const requests of families) {
      const words = RULES[name](requests.map((asked) => asked.map(({ pValue }) => pValue))).flat();
      const all = requests.flat();
      const said = all.filter((_, index) => words[index]);
      sums.wrong += said.filter(({ isReal }) => !isReal).length / Math.max(1, said.length);
      sums.found += said.filter(({ isReal }) => isReal).length;
      sums.real += all.filter(({ isReal }) => isReal).length;
    }
    return { falseDiscoveries: sums.wrong / families.length, power: sums.found / Math.max(1, sums.real) };
  };
  return Object.fromEntries(rules.map((name) => [name, lawsBy(name)])) as Record<Name, FamilyLaws>;
}
