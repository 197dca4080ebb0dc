import { recordFigures } from '@tributary/fixtures';
import { expect } from 'vitest';
import type { Mutation } from './mutations.fixture.ts';
import { play } from './play.fixture.ts';
import { shrink, stepText } from './shrink.fixture.ts';
import { stepsFrom } from './steps.fixture.ts';
import type { Plan, Step } from './steps.fixture.ts';
import type { System } from './system.fixture.ts';

export type Stage = { open(seed: number, mutation?: Mutation): Promise<System> };

type Options = Plan & { readonly systems: number; readonly firstSeed: number };

/** Plays one system, and says what was wrong. What the system throws is wrong too. */
async function playOne(stage: Stage, { seed, steps, mutation }: Played) {
  const system = await stage.open(seed, mutation);
  try {
    return await play(system, steps);
  } catch (fault) {
    const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    return { violations: [`the system failed: ${text}`], counts: new Map<string, number>() };
  } finally {
    await system.close();
  }
}

type Played = {
  readonly seed: number;
  readonly steps: readonly Step[];
  readonly mutation?: Mutation | undefined;
};

/**
 * Expects that no promise is broken in so many systems, each with its histories. Prints each system as it ends, and goes on
 * after one that fails; at the end, the shortest failing history of the first.
 */
export async function expectNothingBroken(stage: Stage, options: Options): Promise<void> {
  const { systems, firstSeed, histories } = options;
  const counts = new Map<string, number>();
  const failed: { readonly played: Played; readonly violations: readonly string[] }[] = [];
  for (let seed = firstSeed; seed < firstSeed + systems; seed += 1) {
    const began = { wall: performance.now(), cpu: process.cpuUsage() };
    const steps = stepsFrom(seed, options);
    const played = await playOne(stage, { seed, steps });
    for (const [what, count] of played.counts) counts.set(what, (counts.get(what) ?? 0) + count);
    if (played.violations.length > 0) failed.push({ played: { seed, steps }, violations: played.violations });
    if (systems > 1) console.log(`seed ${seed}: ${costText(began)}; ${outcomeText(played.violations)}`);
  }
  const [first] = failed;
  if (first) expect.fail(await failureText(stage, first.played, first.violations));
  recordFigures('mixed histories', {
    histories: systems * histories,
    systems,
    ...Object.fromEntries([...counts].toSorted(([left], [right]) => (left < right ? -1 : 1))),
  });
}

type Began = { readonly wall: number; readonly cpu: NodeJS.CpuUsage };

function costText({ wall, cpu }: Began): string {
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - wall) / 1000;
  return `${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of CPU in this process`;
}

const outcomeText = (violations: readonly string[]): string =>
  violations.length === 0 ? 'nothing is broken' : `BROKEN: ${violations.slice(0, 5).join('; ')}`;

async function failureText(
  stage: Stage,
  { seed, steps }: Played,
  violations: readonly string[],
): Promise<string> {
  const fails = async (fewer: readonly Step[]): Promise<boolean> =>
    (await playOne(stage, { seed, steps: fewer })).violations.length > 0;
  const rest = await shrink(steps, fails);
  return [
    `seed ${seed}:`,
    ...violations.slice(0, 5),
    `${rest.length} of ${steps.length} steps fail:`,
    ...rest.map(stepText),
  ].join('\n');
}

/** The number of histories after which a planted defect was found, and as what; undefined where it was not. */
export async function foundAfter(
  stage: Stage,
  mutation: Mutation,
  options: Options,
): Promise<{ histories: number; violation: string } | undefined> {
  const { systems, firstSeed, histories } = options;
  const plan = { ...options, accident: mutation.accident ?? options.accident };
  for (let index = 0; index < systems; index += 1) {
    const seed = firstSeed + index;
    const { violations } = await playOne(stage, { seed, steps: stepsFrom(seed, plan), mutation });
    const [violation] = violations;
    if (violation !== undefined) return { histories: (index + 1) * histories, violation };
  }
  return undefined;
}
