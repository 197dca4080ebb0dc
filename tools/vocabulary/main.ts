/* `npx tsx tools/vocabulary/main.ts [FOLDER…]` prints the words of the list that occur in the folders. */
import { inDocuments, inPaths, inTypeScript, ownFiles } from './find-in-tree.ts';

const paths = ownFiles(process.argv.slice(2));
const found = [...inPaths(paths), ...inTypeScript(paths), ...inDocuments(paths)];
for (const line of found) console.log(line);
console.log(`${found.length} found in ${paths.length} files`);
process.exitCode = found.length === 0 ? 0 : 1;
