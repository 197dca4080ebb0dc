import { expect, it } from 'vitest';
import { weakSettings } from './topic-durability.ts';

const settings = (min: string, unclean: string) =>
  new Map([
    ['min.insync.replicas', min],
    ['unclean.leader.election.enable', unclean],
    ['retention.ms', '-1'],
  ]);

it.each([
  ['two replicas confirm each record', 3, settings('2', 'false'), []],
  ['one replica may confirm a record alone', 3, settings('1', 'false'), ['min.insync.replicas=1']],
  [
    'a replica without confirmed records may lead',
    2,
    settings('2', 'true'),
    ['unclean.leader.election.enable=true'],
  ],
  ['there is one replica, as its operator knows', 1, settings('1', 'true'), []],
  ['the settings may not be read', 3, undefined, []],
])('names what makes little of several replicas where %s', (_what, replicas, described, expected) => {
  expect(weakSettings(described, replicas)).toEqual(expected);
});
