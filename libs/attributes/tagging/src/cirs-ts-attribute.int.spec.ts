import { expect, it } from 'vitest';
import { cirsTsAttribute } from './cirs-ts-attribute.ts';

it('scores code of any language by its own normaliser, the larger program higher', async () => {
  const opened = await cirsTsAttribute.open({});
  if (!opened.ok) throw new Error(opened.text);
  const { instrument } = opened;
  const { relative } = instrument;
  const texts = ['x = 1;', 'for (const a of b) if (a > 1) f(a + 2, b);', 'x = 1;'];
  const measured = await instrument.measure(texts.map((text, row) => ({ row, text, path: 'a.js' })));
  const values = measured.flatMap((one) => ('values' in one ? [one.values] : []));
  for (const one of values) relative?.observe(one);
  const scored = values.map((one) => relative?.score(one) ?? {});
  expect(Object.keys(scored[0] ?? {})).toEqual(Object.keys(cirsTsAttribute.values));
  expect(Number(scored[1]?.['cirs_ts'])).toBeGreaterThan(Number(scored[0]?.['cirs_ts']));
  expect(scored[0]).toEqual(scored[2]);
  await instrument.close();
});
