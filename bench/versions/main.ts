import { largest, smallest } from '@tributary/kernel';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { numbersOf } from '../arguments.ts';
import { wholePath, SERVER } from '../pipeline/path.ts';
import { requests, SHAPES } from '../pipeline/requests.ts';
import { steps } from '../pipeline/rows.ts';
import { progress } from '../progress.ts';
import { median, ratio, whole, writeResults } from '../results.ts';

/** Rows that a server inserts before its CPU time is measured. */
const WARM_UP = 65_536;
const [before = '', ...options] = process.argv.slice(2).filter((argument) => argument !== '--');
if (!existsSync(before)) {
  console.error(
    `there is no file "${before}". Give the built server of another checkout first, then options: npm run bench -- versions ../before/dist/standalone.js --pairs 7`,
  );
  process.exit(2);
}
const [rows = NaN, pairs = NaN] = numbersOf(
  {
    rows: { standard: 524_288, least: 65_536, most: 8_388_608 },
    pairs: { standard: 7, least: 1, most: 51 },
  },
  options,
);

const commitOf = (file: string): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: dirname(resolve(file)),
    encoding: 'utf8',
  }).trim();

/** A server with its commit, and its rates by shape and pair. */
const server = (program: string) => ({
  program,
  commit: commitOf(program),
  rates: SHAPES.map(() => [] as number[]),
});
/** Each goes first in every other pair, so that a drift of the machine affects both alike. */
const servers = [server(resolve(before)), server(SERVER)] as const;
const made = steps(WARM_UP + rows);
const next = progress(pairs * 2 * SHAPES.length);
for (let pair = 1; pair <= pairs; pair += 1) {
  for (const [index, shape] of SHAPES.entries()) {
    for (const { program, commit, rates } of pair % 2 === 0 ? servers.toReversed() : servers) {
      next(`pair ${pair}, ${commit} at ${shape.stepsPerEvent} steps an event`);
      rates[index]?.push(rows / (await wholePath(requests(made, WARM_UP, shape), program)));
    }
  }
}

const ratios = (shape: number): number[] =>
  (servers[1].rates[shape] ?? []).map((rate, pair) => rate / (servers[0].rates[shape]?.[pair] ?? NaN));
writeResults('versions', `../before/dist/standalone.js --rows ${rows} --pairs ${pairs}`, [
  {
    title: `The whole path of commit ${servers[1].commit} beside commit ${servers[0].commit}, ${whole(rows)} rows of 13 metrics, ${pairs} alternating pairs`,
    columns: [
      'steps an event',
      'rows per CPU second before',
      'rows per CPU second now',
      'ratio, median of pairs',
      'least',
      'most',
    ],
    rows: SHAPES.map(({ stepsPerEvent }, shape) => {
      const all = ratios(shape);
      return [
        stepsPerEvent,
        whole(median(servers[0].rates[shape] ?? [])),
        whole(median(servers[1].rates[shape] ?? [])),
        ratio(median(all)),
        ratio(smallest(all)),
        ratio(largest(all)),
      ];
    }),
  },
]);
