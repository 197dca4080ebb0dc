import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { workspaces } from '../workspaces.js';
import { PARTS } from './parts.js';

const root = join(import.meta.dirname, '../..');
const packages = new Map(workspaces().map((one) => [String(one.manifest.name), one]));

const services = [...packages.values()].filter(({ layer }) => layer === 'services');

const OF_TESTS = /\.(spec|suite|fixture|crash)\.ts$/;

/** What every program reads, whatever it imports. */
const READ_BY_ALL = ['migrations', 'schemas/events'];
const LOCK = 'package-lock.json';

/** For each part: the commit of its last figure, and the folders of its code that have changed since. */
export function changedParts() {
  return PARTS.map((part) => {
    const file = join(root, `docs/figures/release-${part.name}.json`);
    if (!existsSync(file)) return { name: part.name, commit: undefined, failed: 0, changed: [] };
    const { commit, failed } = JSON.parse(readFileSync(file, 'utf8'));
    return { name: part.name, commit, failed, changed: changedSince(commit, part.files) };
  });
}

/** Folders and files that a part runs and of which a file has changed since a commit. Tests beside sources do not count. */
function changedSince(commit, files) {
  const diff = spawnSync('git', ['diff', '--name-only', commit, 'HEAD'], { cwd: root, encoding: 'utf8' });
  if (diff.status !== 0) return [`commit ${commit} is unknown`];
  const changed = diff.stdout.split('\n').filter((path) => path !== '');
  const { own, folders } = codeOf(files);
  const isOwn = (path) => own.has(path);
  const isSource = (path) => !/\.(spec|suite|fixture)\.ts$/.test(path);
  return [
    ...(changed.includes(LOCK) && installedAt(commit) !== installedAt('HEAD') ? [LOCK] : []),
    ...changed.filter(isOwn),
    ...[...folders, ...READ_BY_ALL].filter((folder) =>
      changed.some(
        (path) => (path === folder || path.startsWith(`${folder}/`)) && !isOwn(path) && isSource(path),
      ),
    ),
  ];
}

/** The packages that were installed at a commit, as text. What a package of the repository asks for is not among them. */
function installedAt(commit) {
  const shown = spawnSync('git', ['show', `${commit}:${LOCK}`], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const locked = Object.entries(JSON.parse(shown.stdout).packages);
  return JSON.stringify(locked.filter(([path, { link }]) => path.includes('node_modules/') && !link));
}

/** The files that a part imports by their path, and the folders of the packages that those use. */
function codeOf(files) {
  const own = new Set(files);
  const named = new Set();
  /* A set goes on to what is added to it meanwhile. */
  for (const path of own)
    for (const imported of importsOf(path)) (packages.has(imported) ? named : own).add(imported);
  for (const service of startedBy(own)) named.add(service);
  for (const name of named)
    for (const used of Object.keys(packages.get(name)?.manifest.dependencies ?? {}))
      if (packages.has(used)) named.add(used);
  return { own, folders: [...named].map((name) => `${packages.get(name)?.folder}/src`) };
}

/** The services that the tests among the files start: they name its folder, its program, or it alone. */
function startedBy(files) {
  const texts = [...files].filter((path) => OF_TESTS.test(path)).map(textOf);
  const isNamed = (service) =>
    texts.some((text) => new RegExp(`(services/|dist/|')${service}['/.]`).test(text));
  return services
    .filter(({ folder }) => isNamed(basename(folder)))
    .map(({ manifest }) => String(manifest.name));
}

/** The packages of the repository that a file imports, and the files, relative to the root. */
function importsOf(path) {
  const { importedFiles } = ts.preProcessFile(textOf(path));
  return importedFiles.flatMap(({ fileName }) => {
    if (fileName.startsWith('.')) return [normalize(join(dirname(path), fileName))];
    return packages.has(fileName) ? [fileName] : [];
  });
}

const textOf = (path) =>
  /\.[jt]s$/.test(path) && existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
