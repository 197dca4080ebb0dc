import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DETECTOR, openDetector } from './detector.ts';
import { naturalLanguage } from './natural-language.ts';
import type { Detector } from './natural-language.ts';
import { TEXTS, UNKNOWN } from './texts.fixture.ts';

let detect: Detector;
beforeAll(async () => {
  detect = await openDetector();
});

const languageOf = (text: string) => naturalLanguage(text, detect).language;
const outcomeOf = (text: string) => naturalLanguage(text, detect).outcome;

describe('the natural language of a text', () => {
  it.each(Object.entries(TEXTS))('is found of two sentences: %s', (language, text) => {
    expect(naturalLanguage(text, detect)).toMatchObject({
      language,
      outcome: 'determined',
      languageShare: 1,
    });
  });

  it.each(Object.entries(TEXTS))(
    'is the same in capitals, decomposed, and in many lines: %s',
    (language, text) => {
      for (const other of [
        text.toUpperCase(),
        text.normalize('NFD'),
        text.replaceAll(/(?:\S+ ){4}/g, '$&\r\n'),
      ])
        expect(languageOf(other)).toBe(language);
    },
  );

  it.each(Object.entries(UNKNOWN))(
    'is undetermined where the detector does not know it: %s',
    (_language, text) => {
      expect(outcomeOf(text)).toBe('unclear');
    },
  );

  it('is a near one where the detector does not know it', () => {
    expect(
      languageOf('Gister het ek saam met my suster na die mark gegaan om brood en vrugte te koop.'),
    ).toBe('nl');
  });

  it('is that of most of the text, and undetermined where no language has most of it', () => {
    const { de = '', en = '', fr = '' } = TEXTS;
    expect(languageOf(`${en}\n`.repeat(9) + de)).toBe('en');
    expect(outcomeOf(`${`${en}\n`.repeat(5)}${`${de}\n`.repeat(5)}`)).toBe('unclear');
    expect(outcomeOf([en, de, fr].join('\n').repeat(3))).toBe('unclear');
  });

  it('is that of the prose around some code and numbers', () => {
    const { de = '' } = TEXTS;
    expect(languageOf(`${de}\n${de}\n\n    const x = await f(1);\n    return x;\n\n| 1 | 2 |\n`)).toBe('de');
  });
});

const CODE = `import { readFileSync } from 'node:fs';
export const LIMIT = 20;
export function parse(path: string): number[] {
  const lines = readFileSync(path, 'utf8').split('\\n');
  const values = [];
  for (const line of lines) {
    if (line === '') continue;
    values.push(Number(line));
  }
  return values.slice(0, LIMIT);
}
`;
const PYTHON = `def total(values):
    result = 0
    for value in values:
        if value is None:
            continue
        result += value
    return result

class Totals:
    def __init__(self, values):
        self.values = list(values)
`;
const LATEX = String.raw`\documentclass{article}
\usepackage{amsmath}
\begin{document}
\begin{align}
  \nabla \cdot \mathbf{E} &= \frac{\rho}{\varepsilon_0} \\
  \nabla \times \mathbf{B} &= \mu_0 \mathbf{J} + \mu_0 \varepsilon_0 \frac{\partial \mathbf{E}}{\partial t}
\end{align}
\int_0^\infty e^{-x^2} \, dx = \frac{\sqrt{\pi}}{2}
\end{document}
`;

describe('what is no prose', () => {
  it.each([
    ['TypeScript', CODE],
    ['Python', PYTHON],
    ['LaTeX', LATEX],
    [
      'JSON',
      JSON.stringify(
        { name: 'corpus', values: [1, 2, { id: 'a', kind: 'text', language: 'none' }] },
        null,
        2,
      ),
    ],
    ['SQL', 'SELECT ref, sum(value) AS total FROM amounts WHERE bucket = {bucket:String} GROUP BY ref;'],
    ['a log', '2026-01-02T03:04:05Z INFO server.start port=8080 pid=17\n'.repeat(9)],
    ['numbers', '3.14 2.71 1,000 12:30 2026-01-02 0xff 1e-9 '.repeat(9)],
    ['addresses', 'https://example.org/a/b?c=d https://example.org/e someone@example.org '.repeat(5)],
    ['base64', Buffer.from(CODE).toString('base64')],
    ['a digest', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 '.repeat(4)],
    ['emoji', '😀🎉🚀 👩‍👩‍👧 🇩🇪 ❤️ '.repeat(30)],
    ['characters of mathematics', '𝐀𝐁𝐂 𝑥𝑦𝑧 '.repeat(30)],
    ['symbols', '!@#$%^&*()_+{}|:"<>? '.repeat(30)],
    ['control characters', '\u0000\u0001\u0007\u001b[0m\u200b\ufeff '.repeat(30)],
    ['halves of surrogate pairs', '\ud800 \udc00\ud800 '.repeat(30)],
  ])('has no language: %s', (_name, text) => {
    expect(['too_little_prose', 'mostly_not_prose']).toContain(outcomeOf(text));
    expect(languageOf(text.repeat(3))).toBeUndefined();
  });

  it.each(['', ' \n\t', 'Gracias', 'Hello world', 'ok', '你好', '12', '\u00a0'])(
    'has none of too little: %j',
    (text) => {
      expect(outcomeOf(text)).toBe('too_little_prose');
    },
  );

  it.each([
    ['one character', 'a'.repeat(10_000)],
    ['one word without an end', 'ab'.repeat(40_000)],
    [
      'characters at random',
      Array.from({ length: 4000 }, (_none, at) => ((at * 7919) % 26) + 97)
        .map((code) => String.fromCharCode(code))
        .join('')
        .replaceAll(/.{6}/g, '$& '),
    ],
    ['one mark on another', `e${'\u0301'.repeat(20_000)}`],
  ])('is never certain of nonsense: %s', (_name, text) => {
    expect(languageOf(text)).toBeUndefined();
  });
});

describe('what is looked at', () => {
  const { en = '', ru = '' } = TEXTS;

  it('is no more of a long text, so that the detector has no more to do', () => {
    const asked = (text: string): number => {
      let calls = 0;
      naturalLanguage(text, (part) => {
        calls += 1;
        expect(part.length).toBeLessThan(600);
        return detect(part);
      });
      return calls;
    };
    const most = asked(`${ru} `.repeat(1_000));
    expect(most).toBeLessThan(130);
    expect(asked(`${ru} `.repeat(40_000))).toBeLessThanOrEqual(most + 8);
    expect(asked('я'.repeat(5_000_000))).toBeLessThanOrEqual(most + 8);
  });

  it('is spread over the text, so that neither its beginning nor its end decides', () => {
    expect(languageOf(`${en}\n`.repeat(30) + `${ru}\n`.repeat(400))).toBe('ru');
    expect(languageOf(`${ru}\n`.repeat(400) + `${en}\n`.repeat(30))).toBe('ru');
  });

  it('is read by the installed version of the library', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
    const [version] = DETECTOR.version.split(',');
    expect(manifest).toMatchObject({ dependencies: { [DETECTOR.name]: version } });
  });
});
