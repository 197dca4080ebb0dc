import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStored, wordsInName, wordsInProse, wordsInSource } from './find-words.ts';

const root = join(import.meta.dirname, '../..');

/** The list itself, the page of old names, texts of other projects, and released files, which never change. */
const EXEMPT =
  /^tools\/vocabulary\/|^docs\/upgrading\.md$|^examples\/(samples|lab)\/|^schemas\/(events|examples|golden|history)\/|^migrations\/clickhouse\/|\/generated\/|^LICENSE$|package-lock|renamed|server\/graphql\/src\/errors\.int/;
const READ_BY_PEOPLE = /\.(md|graphql|sql|ya?ml|tpl|txt|env|json|js|xml)$/;

/** The repository's own files in the folders, or all of them. Paths are relative to the root. */
export function ownFiles(folders: readonly string[] = []): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\n').filter((path) => path !== '' && !EXEMPT.test(path));
}

export const inPaths = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => wordsInName(path).map(({ word, term }) => `${path} ${word} → ${term}`));

export const inTypeScript = (paths: readonly string[]): string[] =>
  paths
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      wordsInSource(path, textOf(path)).map(({ line, text, term }) => `${path}:${line} ${text} → ${term}`),
    );

export const inDocuments = (paths: readonly string[]): string[] =>
  paths
    .filter((path) => READ_BY_PEOPLE.test(path))
    .flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, index) =>
          wordsInProse(
            line.replaceAll(/`(\w+)`/g, (quoted, name: string) => (isStored(path, name) ? '' : quoted)),
          ).map(({ word, term }) => `${path}:${index + 1} ${word} → ${term}`),
        ),
    );

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
