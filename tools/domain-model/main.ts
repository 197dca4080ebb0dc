/*
 * Trains and evaluates the domain model: npx tsx tools/domain-model/main.ts CORPUS [--explore | --write]
 *
 * --explore leaves each family out in turn and prints what the models say; the documents kept apart are not read.
 * --write does the same, evaluates the documents kept apart, and writes model, calibration and evaluation.
 */
import { explore } from './explore.ts';
import { write } from './write.ts';

const [corpus, mode = '--explore'] = process.argv.slice(2);
if (corpus === undefined)
  throw new Error('which corpus? python3 tools/domain-model/corpus.py --work DIR makes one');
if (mode === '--write') await write(corpus);
else explore(corpus);
