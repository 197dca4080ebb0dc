import { expect, it } from 'vitest';
import { propertiesOf } from './format.ts';

const FORMATTED = '#\n#Sat Nov 28 2026\nnode.id=1\ndirectory.id=aaaa\nversion=1\ncluster.id=bbbb\n';

it('gives the copy of a formatted directory the ids of its node, and a new id of the directory', () => {
  const [one, other] = [propertiesOf(FORMATTED, 3, 'cccc'), propertiesOf(FORMATTED, 3, 'cccc')];
  expect(one.split('\n')).toEqual(
    expect.arrayContaining([
      'node.id=3',
      'version=1',
      'cluster.id=cccc',
      expect.stringMatching(/^directory\.id=[\w-]{22}$/),
    ]),
  );
  expect(one).not.toContain('aaaa');
  expect(one).not.toBe(other);
});

it('adds no id of the directory where the version has none', () => {
  expect(propertiesOf('node.id=1\nversion=1\ncluster.id=bbbb\n', 2, 'cccc')).toBe(
    'node.id=2\nversion=1\ncluster.id=cccc\n',
  );
});
