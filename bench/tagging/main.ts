/* Measures how much text a CPU second measures, by attribute and by all of them, beside filters of datatrove. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { featuresOfDocument } from '../../libs/attributes/domain/src/index.ts';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, ratio, writeResults } from '../results.ts';
import { cpuSecondsOf } from './children.ts';
import { packageTexts, type Texts } from './texts.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const PEER = join(import.meta.dirname, 'datatrove_filters.py');

const given = process.argv.slice(2).filter((argument) => argument !== '--');
/** A Python that has datatrove; without one nothing is compared. */
const python = given[0]?.startsWith('--') === false ? given[0] : undefined;
const [megabytes = NaN, rounds = NaN] = numbersOf(
  {
    megabytes: { standard: 8, least: 1, most: 1_000 },
    rounds: { standard: 5, least: 1, most: 50 },
  },
  given.slice(python === undefined ? 0 : 1),
);

type Corpus = Texts & { readonly file: string; readonly oneDocument: string };

/** What is measured of a corpus, in megabytes per CPU second by round. */
type Measure = {
  readonly name: string;
  readonly corpus: Corpus;
  /** CPU seconds for all of the corpus. */
  readonly seconds: () => number;
  readonly rates: number[];
};

/** What a command costs for a file, less what it costs for one document: the start of a program is no throughput. */
const ofCommand = (of: Corpus, command: (file: string) => readonly [string, readonly string[]]): number =>
  cpuSecondsOf(...command(of.file)) - cpuSecondsOf(...command(of.oneDocument));

function ofFeatures({ texts }: Corpus): number {
  const before = process.cpuUsage();
  for (const text of texts) featuresOfDocument(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-tagging-'));

function corpus(name: string, endings: RegExp): Corpus {
  const { texts, megabytes: size } = packageTexts(endings, megabytes);
  const [file, oneDocument] = [join(folder, `${name}.jsonl`), join(folder, `${name}-1.jsonl`)];
  const lines = texts.map((text) => `${JSON.stringify({ text })}\n`);
  writeFileSync(file, lines.join(''));
  writeFileSync(oneDocument, lines[0] ?? '');
  return { texts, megabytes: size, file, oneDocument };
}

const mixed = corpus('mixed', /\.(md|js|d\.ts)$/);
const javascript = corpus('javascript', /\.js$/);

const measure = (name: string, of: Corpus, seconds: () => number): Measure => ({
  name,
  corpus: of,
  seconds,
  rates: [],
});

/** Tagging by these attributes as a user does it. JavaScript is read as code, and anything else as text. */
function tagging(name: string, of: Corpus, attributes: readonly string[]): Measure {
  const options = [
    ...attributes.flatMap((one) => ['--attribute', one]),
    ...(of === javascript ? ['--code', '--language', 'javascript'] : []),
  ];
  const command = (file: string) =>
    [process.execPath, [CLI, 'tag', file, '--dry-run', '--field', 'text', ...options]] as const;
  return measure(name, of, () => ofCommand(of, command));
}

const peer = (name: string, what: string): Measure[] =>
  python === undefined
    ? []
    : [measure(name, mixed, () => ofCommand(mixed, (file) => [python, [PEER, what, file]]))];

const measures = [
  tagging('`structure`', mixed, ['structure']),
  ...peer('datatrove, Gopher quality and repetition', 'filters'),
  tagging('`duplicates`', mixed, ['duplicates']),
  ...peer('datatrove, MinHash signatures alone', 'minhash'),
  measure('features of both models alone', mixed, () => ofFeatures(mixed)),
  tagging('`domain`', mixed, ['domain']),
  tagging('`scaffold`', mixed, ['scaffold']),
  tagging('`syntax`, of JavaScript', javascript, ['syntax']),
  tagging('all five in one reading', javascript, ['structure', 'duplicates', 'domain', 'scaffold', 'syntax']),
];

const next = progress(rounds * measures.length);
try {
  for (let round = 1; round <= rounds; round += 1) {
    /* Backwards in every other round, so that a drift of the machine affects all alike. */
    for (const { name, corpus: of, seconds, rates } of round % 2 === 0 ? measures.toReversed() : measures) {
      next(name);
      rates.push(of.megabytes / seconds());
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const [first] = measures;
const versionOf = (program: string): string =>
  execFileSync(program, ['-c', 'from importlib.metadata import version; print(version("datatrove"))'], {
    encoding: 'utf8',
  }).trim();
const compared = python === undefined ? '' : `, beside datatrove ${versionOf(python)}`;
writeResults(
  'tagging',
  `${python === undefined ? '' : 'PYTHON '}--megabytes ${megabytes} --rounds ${rounds}`,
  [
    {
      title: `Text of installed packages, ${mixed.texts.length} documents of Markdown, JavaScript and types and ${javascript.texts.length} of JavaScript, ${mixed.megabytes.toFixed(1)} MB each, medians of ${rounds}${compared}`,
      columns: ['what', 'MB per CPU second', 'to `structure`'],
      rows: measures.map(({ name, rates }) => [
        name,
        median(rates).toFixed(2),
        ratio(median(rates.map((rate, round) => rate / (first?.rates[round] ?? NaN)))),
      ]),
    },
  ],
);
