import { CommitPause } from './commit-pause.ts';

/** Begins to commit in a directory, commits once and ends, ten thousand times. */
const [directory = ''] = process.argv.slice(2);
for (let n = 0; n < 10_000; n += 1) {
  const pause = await CommitPause.open(directory);
  await pause.during(() => Promise.resolve());
  pause.close();
}
