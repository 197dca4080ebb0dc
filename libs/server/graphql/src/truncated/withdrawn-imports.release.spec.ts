import { describe } from 'vitest';
import { describeWithdrawnImports } from './withdrawn-imports.suite.ts';

describe.each([1, 2])('a history with an import that is withdrawn (seed %i)', (seed) => {
  describeWithdrawnImports({ seed: 20_261_130 + seed, events: 120, each: 2 });
});
