import { expect, it } from 'vitest';
import { z } from 'zod';
import { group, optional, readSettings, variable } from './setting.ts';

const size = variable('SIZE', z.coerce.number().int().min(1), { default: '8', description: 'a size' });
const name = variable('NAME', z.string().min(1), { description: 'a name' });
const colour = variable('COLOUR', z.enum(['red', 'blue']).optional(), { description: 'a colour' });

it('reads a variable, else its default', () => {
  expect(readSettings(size, { SIZE: '3' })).toBe(3);
  expect(readSettings(size, {})).toBe(8);
});

it('reads empty text as if the variable were not set', () => {
  expect(readSettings(size, { SIZE: '' })).toBe(8);
  expect(readSettings(colour, { COLOUR: '' })).toBeUndefined();
  for (const one of [name, optional('NAME', name)])
    expect(() => readSettings(one, { NAME: '' })).toThrow(/NAME: /);
});

it('says which variables are required', () => {
  expect(group({ size, name, colour }).variables.map((each) => [each.name, each.isRequired])).toEqual([
    ['SIZE', false],
    ['NAME', true],
    ['COLOUR', false],
  ]);
});

it('reads groups inside groups', () => {
  const settings = group({ inner: group({ size, colour }), name });
  expect(readSettings(settings, { NAME: 'n', COLOUR: 'red' })).toEqual({
    inner: { size: 8, colour: 'red' },
    name: 'n',
  });
});

it('leaves an optional group out where its variable is not set, and checks it where it is', () => {
  const settings = optional('NAME', group({ name, size }));
  expect(readSettings(settings, { SIZE: 'ignored' })).toBeUndefined();
  expect(readSettings(settings, { NAME: 'n' })).toEqual({ name: 'n', size: 8 });
  expect(() => readSettings(settings, { NAME: 'n', SIZE: 'x' })).toThrow(/SIZE: /);
  expect(settings.variables.every(({ isRequired }) => !isRequired)).toBe(true);
});

it('checks values together only when each of them is usable', () => {
  const settings = group({ size, colour }, (values) => (values.size > 5 ? ['SIZE: too large'] : []));
  expect(() => readSettings(settings, { SIZE: '9' })).toThrow('SIZE: too large');
  expect(() => readSettings(settings, { SIZE: '9', COLOUR: 'green' })).toThrow(
    /^[^]*COLOUR: (?![^]*too large)/,
  );
});
