import { expect, it } from 'vitest';
import { licenceAttribute } from './licence-attribute.ts';

it('has a few groups, whatever identifiers the texts have', async () => {
  const opened = await licenceAttribute.open({});
  if (!opened.ok) throw new Error(opened.text);
  const expressions = [
    '',
    'MIT',
    'GPL-2.0-or-later',
    'MIT AND ISC',
    ...Array.from({ length: 50 }, (_, at) => `LicenseRef-${at}`),
  ];
  const documents = expressions.map((expression, row) => ({
    path: 'texts',
    row,
    text: `SPDX-License-Identifier: ${expression}`,
  }));
  const measured = await opened.instrument.measure(documents);
  const groups = measured.map((one) =>
    'values' in one ? licenceAttribute.groups?.(one.values)['hint'] : undefined,
  );
  expect(groups.slice(0, 4)).toEqual(['none', 'MIT', 'GPL-2.0-or-later', 'several']);
  expect(new Set(groups.slice(4))).toEqual(new Set(['other']));
});
