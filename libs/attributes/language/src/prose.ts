import { chunksOf } from '@tributary/domain';

/** Bytes of a part in UTF-8: about as much as the detector reads of a text. */
const PART_BYTES = 300;
/** Of the characters of a line of prose, those that are in words. */
const WORDS_OF_LINE = 0.7;

/** The prose of a text in parts of about 300 bytes, and its share of the characters that were looked at, without spaces. */
export type Prose = { readonly parts: readonly Part[]; readonly share: number; readonly characters: number };
export type Part = { readonly text: string; readonly bytes: number };

/**
 * The lines of a text that are prose, in eight chunks of 2,048 characters at most, so that a long text costs no more than
 * a short one. A line is prose if most of it is words; what looks like code, markup, numbers or an address is no word.
 */
export function proseOf(text: string): Prose {
  const parts = new Parts();
  const characters = { all: 0, prose: 0 };
  for (const chunk of chunksOf(text))
    for (const line of chunk.split(/[\r\n\u2028\u2029]/)) {
      const tokens = line.split(/\s/).filter((token) => token !== '');
      const words = tokens.flatMap(wordsIn);
      const length = lengthOf(tokens);
      characters.all += length;
      if (words.length === 0 || lengthOf(words) < WORDS_OF_LINE * length) continue;
      if (isStatement(line, words)) continue;
      characters.prose += length;
      for (const word of words) parts.add(word.normalize('NFC'));
    }
  const share = characters.all === 0 ? 0 : characters.prose / characters.all;
  return { parts: parts.end(), share, characters: characters.all };
}

/** Words that a line of prose in Latin has at least, and that a line may have which ends as a statement does. */
const WORDS_OF_PROSE = 3;
const WORDS_OF_STATEMENT = 6;

/** Whether words are a line of a program as it may be without any sign, such as `return total` or `for one in all:`. */
const isStatement = (line: string, words: readonly string[]): boolean =>
  words.length < (/[:;{]\s*$/.test(line) ? WORDS_OF_STATEMENT : WORDS_OF_PROSE) &&
  !words.some((word) => IN_OTHER_SCRIPT.test(word));

const lengthOf = (tokens: readonly string[]): number => tokens.reduce((sum, { length }) => sum + length, 0);

/** What no word has in it: signs of programs, of markup and of mathematics, digits, and a capital within it. */
const NO_WORD = /[\d_{}[\]<>=\\|$#@^~*+&%/:;()"`.,!?]|[a-z][A-Z]/;
const BEFORE = /^[("'“”‘’«»„‚¿¡*_—–-]+/;
/** Punctuation behind a word; what stands before it has been cut off, so this looks at each character once. */
const PUNCTUATION = new Set(`)"'“”‘’«».,;:!?…*_—–-`);
/** A letter of a script, which those of mathematics are not. */
const IN_SCRIPT = /[^\P{L}\p{Script=Common}]/u;
/** A letter of a script that programs are not written in. */
const IN_OTHER_SCRIPT = /[^\P{L}\p{Script=Common}\p{Script=Latin}]/u;

/** A token as words of prose, without punctuation. Those of other scripts than Latin are words wherever they stand. */
function wordsIn(token: string): string[] {
  const word = withoutEnd(token.replace(BEFORE, ''));
  if (!IN_SCRIPT.test(word)) return [];
  if (!NO_WORD.test(word)) return [word];
  return IN_OTHER_SCRIPT.test(word) ? word.split(/[!-~]/).filter((one) => IN_SCRIPT.test(one)) : [];
}

function withoutEnd(token: string): string {
  let end = token.length;
  while (end > 0 && PUNCTUATION.has(token[end - 1] ?? '')) end -= 1;
  return token.slice(0, end);
}

/** Words in parts: cut between words, or within one that is longer than a part. */
class Parts {
  readonly #parts: Part[] = [];
  #words: string[] = [];
  #bytes = 0;

  add(word: string): void {
    /* No character of UTF-16 needs more than three bytes. */
    for (let at = 0; at < word.length; at += PART_BYTES / 3) {
      const chunk = word.slice(at, at + PART_BYTES / 3);
      this.#words.push(chunk);
      this.#bytes += Buffer.byteLength(chunk) + 1;
      if (this.#bytes >= PART_BYTES) this.#cut();
    }
  }

  #cut(): void {
    if (this.#words.length > 0) this.#parts.push({ text: this.#words.join(' '), bytes: this.#bytes });
    this.#words = [];
    this.#bytes = 0;
  }

  end(): readonly Part[] {
    this.#cut();
    return this.#parts;
  }
}
