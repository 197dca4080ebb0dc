/* Writes docs/guarantees.md, and the tables of docs/measurements.md between their marks, from `docs/figures/*.json`. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTS } from '../release/parts.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/figures');

const read = (name) => {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const day = (time) => time.slice(0, 16).replace('T', ' ');
const state = ({ commit, changed }) => (changed ? `${commit} and changes` : commit);
const where = ({ cores, cpu, memoryGiB, node }) => `${cores} cores (${cpu}), ${memoryGiB} GiB, Node ${node}`;

/** The text of docs/guarantees.md. */
export function guaranteesPage() {
  const rows = PARTS.map(({ name, promise }) => {
    const record = read(`release-${name}`);
    if (record === undefined)
      return [promise, `\`npm run test:release -- ${name}\``, 'not run yet', '', '', ''];
    const { failed, passed, skipped } = record;
    const held = passed > 0 ? holds(record) : `skipped (${skipped})`;
    const word = failed > 0 ? `**${failed} failed**` : held;
    return [promise, `\`${record.command}\``, word, `${record.seconds} s`, state(record), day(record.ranAt)];
  });
  const figures = PARTS.flatMap(({ name }) => {
    const tests = (read(`release-${name}`)?.tests ?? []).filter((test) => test.figures !== undefined);
    return tests.length === 0 ? [] : [`### ${name}\n\n${tests.map(figuresOf).join('\n\n')}`];
  });
  const last = PARTS.map(({ name }) => read(`release-${name}`)).find((record) => record !== undefined);
  return `# Guarantees

What the release suite holds, part by part, with the last run of each. Written by \`npm run test:release\` from [docs/figures](figures); a test compares. ${last === undefined ? '' : `The machine: ${where(last.machine)}.`}

${table(['promise', 'command', 'last run', 'took', 'commit', 'when (UTC)'], rows)}

## Figures of the last runs

${figures.join('\n\n')}
`;
}

/**
 * A part holds what its tests assert; a bar beside that, which a figure says is not met, is counted.
 * @param {{ tests?: readonly { figures?: Readonly<Record<string, unknown>> }[] }} record
 */
export function holds({ tests = [] }) {
  const texts = tests.flatMap(({ figures = {} }) => Object.values(figures).map(String));
  const missed = texts.filter((text) => text.includes(': not met (asserted ')).length;
  return missed === 0 ? 'holds' : `asserted bounds hold, **${missed} bars not met**`;
}

const figuresOf = ({ name, figures }) => `${name}\n\n${table(['figure', 'value'], Object.entries(figures))}`;

/** The text of docs/measurements.md with the tables from the files of the benchmarks. */
export function measurementsPage() {
  const text = readFileSync(join(root, 'docs/measurements.md'), 'utf8');
  return text.replaceAll(
    /(<!-- figures:([\w-]+) -->\n)[^]*?(<!-- \/figures -->)/g,
    (_, open, name, close) => {
      const record = read(name);
      return `${open}\n${record === undefined ? 'Not measured yet.' : benchFigures(record)}\n\n${close}`;
    },
  );
}

function benchFigures(record) {
  const { command, tables } = record;
  const head = `\`${command}\`, ${day(record.ranAt)} UTC, commit ${state(record)}, ${where(record.machine)}:`;
  return [head, ...tables.map(({ title, columns, rows }) => `${title}\n\n${table(columns, rows)}`)].join(
    '\n\n',
  );
}

/** The names of the records that exist. */
export const recorded = () =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''));

export function writePages() {
  writeFileSync(join(root, 'docs/guarantees.md'), guaranteesPage());
  writeFileSync(join(root, 'docs/measurements.md'), measurementsPage());
}

if (process.argv[1] === import.meta.filename) writePages();
