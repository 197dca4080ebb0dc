import { getCurrentTest } from 'vitest/suite';

/** Prints what a scenario has measured, in one line, and leaves it with the test, whose report keeps it. */
export function figures(scenario: string, measured: Readonly<Record<string, number | string>>): void {
  const texts = Object.entries(measured).map(([name, value]) => `${name} ${value}`);
  console.log(`${scenario}: ${texts.join(', ')}`);
  const test = getCurrentTest();
  if (test) Object.assign(test.meta, { figures: measured });
}
