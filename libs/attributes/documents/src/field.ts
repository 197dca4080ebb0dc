/** What a field of some rows holds: text in any of them, lists or objects, in which there may be text, or neither. */
export type FieldKind = 'text' | 'nested' | 'other';

/** The fields of the first rows of a file. */
export type SeenFields = ReadonlyMap<string, FieldKind>;

/** The text of a sample, where each of its fields is a file of its own. */
const TEXT_FILE = 'txt';

export type ChosenField =
  | { readonly ok: true; readonly field: string }
  | {
      readonly ok: false;
      readonly refusal: 'field_ambiguous' | 'field_unknown';
      readonly text: string;
    };

/** The fields that data sets keep their text in. */
const USUAL = ['text', 'content', 'code', 'output', 'completion', 'response', 'solution'];

/**
 * The field that holds the documents, where the user has not named it: `output` of rows with an `instruction`, else the
 * only one of the usual fields, else `txt`, else the only field of text. Refused with `field_ambiguous` where there are several and
 * with `field_unknown` where there is none.
 */
export function chooseField(seen: SeenFields): ChosenField {
  const texts = [...seen].filter(([, kind]) => kind === 'text').map(([name]) => name);
  if (seen.has('instruction') && seen.has('output')) return { ok: true, field: 'output' };
  const inFile = texts.filter((name) => name === TEXT_FILE);
  for (const names of [texts.filter(isUsual), [...seen.keys()].filter(isUsual), inFile, texts]) {
    const [first] = names;
    if (first !== undefined && names.length === 1) return { ok: true, field: first };
    if (names.length > 1) return refused('field_ambiguous', `the text could be in ${listed(names)}`);
  }
  return refused(
    'field_unknown',
    seen.size === 0 ? 'no row has a field' : `no field of ${listed([...seen.keys()])} holds text`,
  );
}

const isUsual = (name: string): boolean => USUAL.includes(name);

const refused = (refusal: 'field_ambiguous' | 'field_unknown', why: string) =>
  ({ ok: false, refusal, text: `${why}; name the field with --field` }) as const;

const MAX_LISTED = 20;

const listed = (names: readonly string[]): string =>
  names.slice(0, MAX_LISTED).join(', ') + (names.length > MAX_LISTED ? ', …' : '');
