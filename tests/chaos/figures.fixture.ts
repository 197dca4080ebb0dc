import { getCurrentTest } from 'vitest/suite';

/** Prints the figures of a scenario in one line and adds them to the test's report. */
export function figures(scenario: string, measured: Readonly<Record<string, number | string>>): void {
  const texts = Object.entries(measured).map(([name, value]) => `${name} ${value}`);
  console.log(`${scenario}: ${texts.join(', ')}`);
  const test = getCurrentTest();
  if (test) Object.assign(test.meta, { figures: measured });
}
