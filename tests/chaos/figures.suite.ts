/** Prints what a scenario has measured, in one line. */
export function figures(scenario: string, measured: Readonly<Record<string, number | string>>): void {
  const texts = Object.entries(measured).map(([name, value]) => `${name} ${value}`);
  console.log(`${scenario}: ${texts.join(', ')}`);
}
