import { recordFigures } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import { random } from './numerics/random.ts';
import { lawsOf } from './simulated-laws.fixture.ts';
import { wordsOfLooks } from './simulated-looks.fixture.ts';
import { shareCovered } from './statistics/simulated-coverage.fixture.ts';

const REPETITIONS = 1500;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const SETTINGS = [3, 5, 8].flatMap((seeds) =>
  [false, true].map((blocked) => ({
    seeds,
    blocked,
    name: blocked ? `${seeds} pairs` : `${seeds} seeds an arm`,
  })),
);

describe.each(SETTINGS)('five questions of one request, $name', ({ seeds, blocked, name }) => {
  it('get a word without any effect in 6.5 % of requests at most, and intervals cover 93 to 97 %', () => {
    const laws = lawsOf({ seeds, blocked, repetitions: REPETITIONS });
    recordFigures(`No effect, ${name}`, {
      'requests with a word': percent(laws.spoke),
      'requests with some p < .05': percent(laws.unadjusted),
      'intervals that hold': percent(laws.coverage),
    });
    expect(laws.spoke).toBeLessThanOrEqual(0.065);
    expect(laws.coverage).toBeGreaterThanOrEqual(0.93);
    expect(laws.coverage).toBeLessThanOrEqual(0.97);
  });

  it('have at most 5.5 % wrong words where two of five effects are real', () => {
    const laws = lawsOf({ seeds, blocked, repetitions: REPETITIONS, effects: { code: 4, math: -4 } });
    recordFigures(`Two effects of four standard deviations, ${name}`, {
      'wrong words among all': percent(laws.falseDiscoveries),
      'real effects with a word': percent(laws.power),
    });
    expect(laws.falseDiscoveries).toBeLessThanOrEqual(0.055);
  });

  it('cover new seeds and items in 93 to 97 %', () => {
    const covered = shareCovered({ seeds, isPaired: blocked, repetitions: 4000, generator: random(seeds) });
    recordFigures(`Interval over seeds and items, ${name}`, { 'intervals that hold': percent(covered) });
    expect(covered).toBeGreaterThanOrEqual(0.93);
    expect(covered).toBeLessThanOrEqual(0.97);
  });
});

it.each([
  [8, false],
  [8, true],
])(
  'whoever asks after each of %i seeds (blocks: %s) and stops at the first word is seldom wrong',
  (seeds, blocked) => {
    const looks = wordsOfLooks({ seeds, blocked, streams: 1000 });
    recordFigures(`A look after each of ${seeds} ${blocked ? 'pairs' : 'seeds an arm'}, no effect`, {
      'a word at some look': percent(looks.stopped),
      'an interval of a fixed number without zero at some look': percent(looks.stoppedByFixed),
    });
    expect(looks.stopped).toBeLessThanOrEqual(0.065);
    expect(looks.stoppedByFixed).toBeGreaterThan(0.1);
  },
);
