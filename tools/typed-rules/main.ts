/* Part of `npm run check`: the rules that need the types of the compiler. Prints what breaks one, and ends with 1 then. */
import { productionFiles, programOf } from './program.ts';
import { broken, RULE_NAMES } from './rules.ts';

const paths = productionFiles();
const program = programOf(paths);
const lines = RULE_NAMES.flatMap((name) => broken(name, program, paths));
for (const line of lines) console.error(line);
process.exitCode = lines.length === 0 ? 0 : 1;
