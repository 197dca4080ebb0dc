import { expect, it } from 'vitest';
import type { Instrument } from './attribute.ts';
import { attributeFacts } from './facts.ts';
import { naturalLanguageAttribute } from './natural-language-attribute.ts';
import { Summary } from './summary.ts';

const ENGLISH =
  'The harbour was built in the nineteenth century, when the lower course of the river had been straightened.';
const GERMAN =
  'Der Hafen wurde im neunzehnten Jahrhundert gebaut, als der Unterlauf des Flusses begradigt worden war.';
const CODE =
  'const x = await f(1);\nif (x === 2) { return y.map((z) => z * 2); }\nexport const z = { x, y };\n';
const TEXTS = [ENGLISH, GERMAN, CODE, '', ENGLISH];

async function opened(): Promise<Instrument> {
  const outcome = await naturalLanguageAttribute.open({});
  if (!outcome.ok) throw new Error(outcome.text);
  return outcome.instrument;
}

const documents = (texts: readonly string[]) => texts.map((text, row) => ({ path: 'texts', row, text }));

it('is a label of each document, with why there is none', async () => {
  const measured = await (await opened()).measure(documents(TEXTS));
  const values = measured.map((one) => ('values' in one ? one.values : {}));
  expect(values.map((one) => [one['natural_language'], one['language_outcome']])).toEqual([
    ['en', 'determined'],
    ['de', 'determined'],
    ['undetermined', 'mostly_not_prose'],
    ['undetermined', 'too_little_prose'],
    ['en', 'determined'],
  ]);
  for (const one of values) expect(Object.keys(one)).toEqual(Object.keys(naturalLanguageAttribute.values));
});

it('is the same whoever measures a document, and whatever was measured before', async () => {
  const many = Array.from({ length: 40 }, (_none, at) => `${TEXTS[at % 5] ?? ''} ${TEXTS[at % 3] ?? ''}`);
  const together = await (await opened()).measure(documents(many));
  const [one, other] = await Promise.all([opened(), opened()]);
  const halves = await Promise.all([
    one.measure(documents(many.slice(0, 20))),
    other.measure(documents(many.slice(20))),
  ]);
  expect(halves.flat()).toEqual(together);
  const backwards = await one.measure(documents(many.toReversed()));
  expect(backwards.toReversed()).toEqual(together);
});

it('is recorded of a file as documents by language, with the library, its version and its table', async () => {
  const instrument = await opened();
  const summary = new Summary([naturalLanguageAttribute]);
  for (const [row, one] of (await instrument.measure(documents(TEXTS))).entries())
    if ('values' in one) summary.add({ path: 'texts', row, values: one.values });
  const facts = attributeFacts(naturalLanguageAttribute, instrument, {
    shard: 'texts@1',
    summary,
    isSample: false,
  });
  const label = facts.find(({ attribute }) => attribute === 'natural_language.label');
  expect(label).toMatchObject({
    instrument: { name: 'eld', version: expect.stringMatching(/^2\.\d+\.\d+, extrasmall, rules 1\.0$/) },
    unit: 'documents',
    values: [
      { ref: 'texts@1', bucket: 'en', value: 2 },
      { ref: 'texts@1', bucket: 'de', value: 1 },
      { ref: 'texts@1', bucket: 'undetermined', value: 2 },
    ],
  });
  expect(facts.map(({ attribute }) => attribute)).toContain('natural_language.outcome');
});
