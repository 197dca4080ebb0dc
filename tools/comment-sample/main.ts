/* `npx tsx tools/comment-sample/main.ts SEED [COUNT]` prints comments of the code, drawn by a seed, for a person to judge. */
import { createHash } from 'node:crypto';
import { typescriptFiles } from '../sources.ts';

const [seed = '', count = '50'] = process.argv.slice(2);
if (seed === '' || !/^\d+$/.test(count)) {
  console.error(
    'give a seed and, if not 50, a whole number of comments: npx tsx tools/comment-sample/main.ts 7 20',
  );
  process.exit(2);
}

const COMMENT = /\/\*\*?([^*]*(?:\*(?!\/)[^*]*)*)\*\/|^[ \t]*\/\/([^\n]*)$/gm;
/** Shorter ones are marks, not sentences. */
const LEAST = 25;

const comments = typescriptFiles().flatMap(({ path, text }) =>
  [...text.matchAll(COMMENT)].flatMap(([, block, line]) => {
    const sentence = (block ?? line ?? '').replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim();
    return sentence.length < LEAST ? [] : [{ path, sentence }];
  }),
);
const rank = ({ path, sentence }: (typeof comments)[number]): string =>
  createHash('sha256').update(`${seed}\n${path}\n${sentence}`).digest('hex');
const drawn = comments
  .map((comment) => ({ ...comment, rank: rank(comment) }))
  .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
  .slice(0, Number(count));
for (const { path, sentence } of drawn) console.log(`${path}\n  ${sentence}`);
console.log(`${drawn.length} of ${comments.length} comments`);
