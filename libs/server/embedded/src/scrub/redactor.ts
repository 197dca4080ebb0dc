import { secretForms, secretsOf } from '@tributary/kernel';
import { listedSpans } from './listed-secrets.ts';

/** A secret in a text, from `start` to `end` without. */
export type Span = { readonly kind: string; readonly start: number; readonly end: number };

/** Finds secrets in texts and counts those that are removed. */
export type Redactor = {
  /** The secrets in the text of a member with this name; the name is empty where it has none. */
  readonly secretsOf: (name: string, text: string) => readonly Span[];
  /** Those that must be in no text at all, whatever its name and however it is encoded. */
  readonly forms: (text: string) => readonly Span[];
  readonly count: (kinds: readonly string[]) => void;
  /** The kinds of the secrets that were counted so far, and how often. */
  readonly kinds: () => Readonly<Record<string, number>>;
};

/** Finds secrets by their form and by the names that they are assigned to. */
export const builtInRedactor = (): Redactor => ({
  secretsOf: (name, text) => apart(wholeWords(text, secretsOf(name, text))),
  forms: (text) => apart(wholeWords(text, [...secretForms(text)])),
  ...counting(),
});

/** Finds the secrets that it is given, as they are and as JSON and addresses write them. */
export function listedRedactor(secrets: readonly string[]): Redactor {
  const spans = listedSpans(secrets);
  const forms = (text: string): readonly Span[] => apart(spans(text));
  return { secretsOf: (_name, text) => forms(text), forms, ...counting() };
}

function counting(): Pick<Redactor, 'count' | 'kinds'> {
  const counts = new Map<string, number>();
  return {
    count: (kinds) => {
      for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    kinds: () => Object.fromEntries(counts),
  };
}

/** Spans in order; those that overlap are one. */
export function apart(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((left, right) => left.start - right.start)) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
  }
  return merged;
}

/** To the ends of their words: what is left of a word that is too long would have the form of a secret again. */
const wholeWords = (text: string, spans: readonly Span[]): Span[] =>
  spans.map((span) => ({ ...span, end: wordEnd(text, span.end) }));

const WORD = /[\w-]*/y;

function wordEnd(text: string, from: number): number {
  WORD.lastIndex = from;
  WORD.test(text);
  return WORD.lastIndex;
}
