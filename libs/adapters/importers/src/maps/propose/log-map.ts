import { OPEN } from './table-map.ts';
import type { Proposal } from './table-map.ts';

/** A number in a line, not a part of a word. The unit directly behind it belongs to the text after it. */
const NUMBER =
  /(?<![\w.])[-+]?(?:\d+(?:[,_]\d{3})*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|(?<![\w.])[-+]?(?:nan|inf)(?!\w)/gi;
/** The same in the syntax of a map. */
const ANY_NUMBER = '[-+]?(?:\\d+(?:[,_]\\d{3})*(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?|[-+]?(?i:nan|inf)';

const STEP = /^(global_)?(step|steps|iter|iters|iteration|it|update)$/;
const MEASURE = /loss|acc|ppl|perplexity|bpb|reward|score|error/;
const MAX_LINE = 1000;
const MAX_NUMBERS = 40;
const MAX_WORDS = 4;
const MAX_PATTERNS = 6;

/** A number of a line: the text before it since the last number, and its name if words stand there. */
type Field = { readonly before: string; readonly name: string };

type Template = { readonly fields: readonly Field[]; readonly lines: number; readonly first: number };

/** Proposes a map for a log by the shapes `key value` that its lines repeat. Undefined if none does. */
export function logMap(lines: readonly string[]): Proposal | undefined {
  const templates = templatesIn(lines);
  const stepped = templates.filter(({ fields }) => fields.some(({ name }) => STEP.test(name)));
  const chosen =
    stepped.length > 0
      ? stepped
      : templates.filter(({ fields }) => fields.some(({ name }) => MEASURE.test(name)));
  if (chosen.length === 0) return undefined;
  const kept = chosen.slice(0, MAX_PATTERNS).toSorted((left, right) => left.first - right.first);
  const step = kept.flatMap(({ fields }) => fields.filter(({ name }) => STEP.test(name)))[0]?.name;
  const names = [
    ...new Set(kept.flatMap(({ fields }) => fields.map(({ name }) => (STEP.test(name) ? '' : name)))),
  ];
  return {
    reads: 'log',
    patterns: kept.map(({ fields }) => patternOf(fields, step ?? '')),
    step: step ?? OPEN,
    metrics: names.filter((name) => name !== ''),
  };
}

/** Lines of one shape, the most frequent first. A shape that occurs once is no shape. */
function templatesIn(lines: readonly string[]): Template[] {
  const found = new Map<string, { fields: readonly Field[]; lines: number; first: number }>();
  for (const [index, line] of lines.entries()) {
    const fields = fieldsIn(line);
    const isNamed = fields.some(({ name }) => name !== '' && !STEP.test(name));
    if (!isNamed) continue;
    const shape = fields
      .map(({ before, name }) => (name === '' ? ' ' : before.replaceAll(/\s+/g, ' ')))
      .join('\u0000');
    const known = found.get(shape);
    if (known) known.lines += 1;
    else found.set(shape, { fields, lines: 1, first: index });
  }
  return [...found.values()]
    .filter((template) => template.lines > 1)
    .toSorted((left, right) => right.lines - left.lines || left.first - right.first);
}

/** The numbers of a line from the first that has a name. A name that occurs again names nothing. */
function fieldsIn(line: string): Field[] {
  if (line.length > MAX_LINE) return [];
  const matches = [...line.matchAll(NUMBER)].slice(0, MAX_NUMBERS);
  let end = 0;
  const taken = new Set<string>();
  const fields = matches.map((match): Field => {
    const before = line.slice(end, match.index);
    end = match.index + match[0].length;
    const name = nameIn(before);
    const isNew = name !== '' && !taken.has(name);
    taken.add(name);
    return { before, name: isNew ? name : '' };
  });
  const first = fields.findIndex(({ name }) => STEP.test(name));
  const start = first < 0 ? fields.findIndex(({ name }) => name !== '') : first;
  const kept = start < 0 ? [] : fields.slice(start);
  const last = kept.findLastIndex(({ name }) => name !== '');
  return kept.slice(0, last + 1);
}

/** The words directly before a number, joined; empty if there are none, or a sentence. */
function nameIn(before: string): string {
  const tail = /([A-Za-z_][\w ./-]*?)['"]?\s*(?:[:=]\s*|\s)['"(]?$/.exec(before.slice(-60))?.[1] ?? '';
  const words = tail.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? [];
  return words.length > 0 && words.length <= MAX_WORDS ? words.join('_') : '';
}

/** The pattern of a shape. Text before its first name is left out, so that times and ranks may stand there. */
function patternOf(fields: readonly Field[], step: string): string {
  const parts = fields.map(({ before, name }, index) => {
    const text = index === 0 ? lastWordsOf(before) : before;
    if (name === '') return `${looseText(text)}(?:${ANY_NUMBER})`;
    const group = STEP.test(name) ? step : name;
    return `${escaped(text)}(?P<${group}>${STEP.test(name) ? '\\d+' : ANY_NUMBER})`;
  });
  return parts.join('');
}

/** From the name of the first number on. */
const lastWordsOf = (before: string): string =>
  /[A-Za-z_][\w./-]*['"]?\s*(?:[:=]\s*|\s)['"(]?$/.exec(before)?.[0] ?? before;

const escaped = (text: string): string =>
  text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+');

/** Text before a number without a name may differ from line to line. */
const looseText = (text: string): string => (text.trim() === '' ? '\\s*' : escaped(text));
