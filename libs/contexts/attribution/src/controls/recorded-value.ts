import type { Run } from '../experiment.ts';

/** Members of the configuration and parameters of trackers; every other fact was stated as a field of its own. */
const MEMBER = 'config.';

/** How trainers and trackers write that a member has no value. */
const NO_VALUE: ReadonlySet<string> = new Set(['', 'null', 'None', '[]', '{}']);

/**
 * Whether a member is recorded without a value, however that is written. It is compared as a value of its own. A field that
 * names something, such as hardware that is called `None`, has a value.
 */
export const hasNoValue = (field: string, value: string): boolean =>
  field.startsWith(MEMBER) && NO_VALUE.has(value.trim());

/** The one text of every spelling of no value. */
export const NOTHING = 'null';

/** Whole fields, and whole last members, that name something: `1.10` is another tokenizer than `1.1`. */
const NAMED: ReadonlySet<string> = new Set([
  'model',
  'architecture',
  'tokenizer',
  'hardware',
  'snapshot',
  'parent checkpoint',
  'forked from',
  'checkpoint',
]);

/** Last words of members that name something: `tokenizer_version`, `modelRevision`; `1e3` is another digest than `1000`. */
const NAMING: ReadonlySet<string> = new Set(['commit', 'digest', 'hash', 'id', 'revision', 'sha', 'version']);

/** A whole number as one writes a count. It is one id, whether a tracker adds a fraction of zero or not. */
const COUNT = /^-?(0|[1-9]\d*)(\.0+)?$/;

/** Digits up to which different whole numbers are different doubles. */
const EXACT_DIGITS = 15;

/** The last word of a member, of `snake_case`, `kebab-case` or `camelCase`. */
const lastWord = (member: string) =>
  (member.split(/[\s_-]|(?<=[a-z\d])(?=[A-Z])/).at(-1) ?? '').toLowerCase();

/** Whether the value of a field is a name, which is compared as it is written. */
export function isName(field: string, value: string): boolean {
  const member = field.slice(field.lastIndexOf('.') + 1);
  if (NAMED.has(field) || NAMED.has(member)) return true;
  const word = lastWord(member);
  return NAMING.has(word) && !(word === 'id' && COUNT.test(value.trim()));
}

/** Length from which a run's id is specific enough to be recognised inside a text. */
const SPECIFIC_ID = 6;

/**
 * The value as it is compared: no value as `NOTHING`, a number that is no name as a number in its shortest form; the run's
 * own id in it is replaced, because it names the run only.
 */
export function comparable(field: string, value: string, { runId }: Pick<Run, 'runId'>): string {
  if (hasNoValue(field, value)) return NOTHING;
  const number = isName(field, value) ? Number.NaN : Number(value);
  const isExact = value.replaceAll(/\D/g, '').length <= EXACT_DIGITS || !Number.isInteger(number);
  if (Number.isFinite(number) && isExact) return String(number);
  return runId.length < SPECIFIC_ID ? value : value.replaceAll(runId, '(own id)');
}
