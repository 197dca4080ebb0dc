import { expect, it } from 'vitest';
import { inDocuments, inPaths, inTypeScript, ownFiles } from './find-in-tree.ts';
import { wordsInName, wordsInSource, wordsOf } from './find-words.ts';

const own = ownFiles();

it('splits a name at capitals, hyphens and underscores', () => {
  expect(wordsOf('openHTTPDoor_of-KafkaLog2')).toEqual(['open', 'http', 'door', 'of', 'kafka', 'log2']);
});

it('finds a word of the list in a name, unless its neighbour makes it the term', () => {
  expect(wordsInName('letterOf').map(({ term }) => term)).toEqual(['deadLetter']);
  expect(wordsInName('deadLetterOf')).toEqual([]);
});

it('finds declared names, strings and comments of a source, and no word that only uses them', () => {
  const found = wordsInSource('a.ts', "/* the spine */\nconst door = 'obstacle';\nuse(x.door);\n");
  expect(found.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([1, 2, 2]);
});

it('names no file or folder by a word of the list', () => {
  expect(inPaths(own)).toEqual([]);
});

it('names nothing in TypeScript by a word of the list, nor says it in a comment or a string', () => {
  expect(inTypeScript(own)).toEqual([]);
});

it('says no word of the list in documents, GraphQL, SQL, deployment files and scripts', () => {
  expect(inDocuments(own)).toEqual([]);
});
