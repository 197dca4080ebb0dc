import { expect, it } from 'vitest';
import { valueAt } from './config-value.ts';

it('resolves a reference to a value of the same configuration', () => {
  expect(valueAt({ run: { name: '${model.name}' }, model: { name: 'm' } }, 'run.name')).toBe('m');
});

it.each(['constructor', 'constructor.name', 'toString.name', '__proto__'])(
  'finds nothing at %s that the configuration does not hold itself',
  (path) => {
    expect(valueAt({ model: {}, run: `\${model.${path}}` }, path)).toBeUndefined();
    expect(valueAt({ model: {}, run: `\${model.${path}}` }, 'run')).toBeUndefined();
  },
);
