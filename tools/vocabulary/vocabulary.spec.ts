import { expect, it } from 'vitest';
import { inDocuments, inPaths, inTypeScript, ownFiles } from './find-in-tree.ts';
import { wordsInName, wordsInSource, wordsOf } from './find-words.ts';

const own = ownFiles();

it('splits a name at capitals, hyphens and underscores', () => {
  expect(wordsOf('openHTTPDoor_of-KafkaLog2')).toEqual(['open', 'http', 'door', 'of', 'kafka', 'log2']);
});

it('finds a word of the list in a name, unless its neighbour makes it a standard term', () => {
  expect(wordsInName('letterOf').map(({ term }) => term)).toEqual(['deadLetter']);
  expect(wordsInName('deadLetterOf')).toEqual([]);
});

it('finds words in declarations, strings and comments of a source, but not in uses of a name', () => {
  const found = wordsInSource('a.ts', "/* the spine */\nconst door = 'obstacle';\nuse(x.door);\n");
  expect(found.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([1, 2, 2]);
});

it('finds no word of the list in the name of a file or folder', () => {
  expect(inPaths(own)).toEqual([]);
});

it('finds no word of the list in names, comments and strings of TypeScript files', () => {
  expect(inTypeScript(own)).toEqual([]);
});

it('finds no word of the list in documents, GraphQL, SQL, deployment files and scripts', () => {
  expect(inDocuments(own)).toEqual([]);
});
