import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployedFiles, readDeployed } from './statements.fixture.ts';

const root = join(import.meta.dirname, '../..');
const services = readdirSync(join(root, 'services')).filter(
  (name) => name !== 'cli' && existsSync(join(root, 'services', name, 'src/main.ts')),
);

it.each(deployedFiles('.json'))('%s is JSON', (name) => {
  expect(() => void JSON.parse(readDeployed(name))).not.toThrow();
});

it.each(deployedFiles('.yaml'))('%s is YAML without repeated keys', (name) => {
  expect(parse(readDeployed(name), { merge: true, uniqueKeys: true })).toBeTypeOf('object');
});

it('has the same topics in the chart and in the cluster', () => {
  expect(readDeployed('helm/tributary/files/topics.json')).toBe(readDeployed('kafka/topics.json'));
});

describe.each(['kafka/topics.json', 'kafka/topics.single.json'])('%s', (name) => {
  type NewTopic = { topic: string; replicas: number; config: Record<string, string> };
  const topics: NewTopic[] = JSON.parse(readDeployed(name));

  it('keeps the log and the dead letters forever, and forbids unclean leader election', () => {
    expect(topics.map(({ topic }) => topic)).toEqual(['tributary.events', 'tributary.dead-letters']);
    for (const { config } of topics)
      expect(config).toMatchObject({
        'cleanup.policy': 'delete',
        'retention.ms': '-1',
        'retention.bytes': '-1',
        'unclean.leader.election.enable': 'false',
      });
  });

  it('refuses records of the log from a later time than an hour ahead', () => {
    expect(topics[0]?.config).toMatchObject({ 'message.timestamp.after.max.ms': '3600000' });
  });

  it('acknowledges a write when all brokers but one have it', () => {
    for (const { replicas, config } of topics)
      expect(config['min.insync.replicas']).toBe(String(Math.max(1, replicas - 1)));
  });
});

describe('the image', () => {
  const dockerfile = readDeployed('Dockerfile');

  it('can be built for every service', () => {
    const named = /standalone\|[\w|]+/.exec(dockerfile)?.[0].split('|') ?? [];
    expect(named.toSorted()).toEqual(services.toSorted());
  });

  it('runs as an unprivileged user, from an image that is named by version and digest', () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-[\w-]+@sha256:[\da-f]{64}$/m);
  });

  it('copies existing files', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });
});
