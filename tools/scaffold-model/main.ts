/*
 * Trains and evaluates the model of structured reasoning: npx tsx tools/scaffold-model/main.ts CORPUS [--explore | --write]
 *
 * The corpus is that of the domain model. --explore leaves each family out in turn and prints what the models say; the
 * packages kept apart are not read. --write does the same, evaluates the packages kept apart, and writes model,
 * calibration and card.
 */
import { explore } from './explore.ts';
import { write } from './write.ts';

const [corpus, mode = '--explore'] = process.argv.slice(2);
if (corpus === undefined)
  throw new Error('which corpus? python3 tools/domain-model/corpus.py --work DIR makes one');
if (mode === '--write') await write(corpus);
else explore(corpus);
