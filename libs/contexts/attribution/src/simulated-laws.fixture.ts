import { attributeAll } from './attribute.ts';
import type { Effect } from './effect.ts';
import { random } from './numerics/random.ts';
import { simulatedAblation, SLICES } from './simulated-ablations.fixture.ts';

const QUESTIONS = SLICES.map((slice) => ({ capability: 'skill', slice, displacement: 'proportional' }));

type Setting = {
  readonly seeds: number;
  readonly repetitions: number;
  readonly effects?: Readonly<Record<string, number>>;
  readonly blocked?: boolean;
};

export type Laws = {
  /** Share of requests of five questions in which a slice without an effect got a word. */
  readonly spoke: number;
  /** Mean share of wrong words among all words of a request. */
  readonly falseDiscoveries: number;
  /** Share of real effects that got a word. */
  readonly power: number;
  /** Share of intervals that hold the true effect. */
  readonly coverage: number;
  /** Share of unadjusted requests in which a slice without an effect has p < .05. */
  readonly unadjusted: number;
};

/** What five questions of one request say over repeated experiments. */
export function lawsOf({ seeds, repetitions, effects = {}, blocked = false }: Setting): Laws {
  const generator = random(1000 + seeds);
  const sums = { spoke: 0, falseDiscoveries: 0, power: 0, coverage: 0, unadjusted: 0 };
  const truth = ({ estimand }: Effect) => effects[estimand.slice] ?? 0;
  const share = (part: readonly Effect[], of: number) => part.length / Math.max(1, of);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const experiment = simulatedAblation({ generator, seeds, effects, blocked });
    const found = attributeAll(QUESTIONS, experiment).flatMap((answer) =>
      'refusal' in answer ? [] : answer,
    );
    const words = found.filter(({ interpretation }) => interpretation !== 'inconclusive');
    const wrong = words.filter((effect) => (effect.effect ?? 0) * truth(effect) <= 0);
    const real = found.filter((effect) => truth(effect) !== 0);
    const none = found.filter((effect) => truth(effect) === 0);
    const held = found.filter(
      (effect) => effect.interval!.low <= truth(effect) && truth(effect) <= effect.interval!.high,
    );
    sums.spoke += Number(wrong.length > 0);
    sums.falseDiscoveries += share(wrong, words.length);
    sums.power += share(
      words.filter((effect) => truth(effect) !== 0),
      real.length,
    );
    sums.coverage += share(held, found.length);
    sums.unadjusted += Number(none.some(({ pValue }) => pValue! < 0.05));
  }
  return {
    spoke: sums.spoke / repetitions,
    falseDiscoveries: sums.falseDiscoveries / repetitions,
    power: sums.power / repetitions,
    coverage: sums.coverage / repetitions,
    unadjusted: sums.unadjusted / repetitions,
  };
}
