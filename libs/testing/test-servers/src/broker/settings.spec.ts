import { expect, it } from 'vitest';
import { settingsOf } from './settings.ts';
import type { BrokerNode } from './settings.ts';

const node = (id: number): BrokerNode => ({ id, directory: '/d', port: 100 + id, controllerPort: 200 + id });
const linesOf = (brokers: number): string[] => {
  const nodes = Array.from({ length: brokers }, (_, index) => node(index + 1));
  return settingsOf(node(1), nodes).split('\n');
};

it('gives every broker the addresses of all controllers', () => {
  expect(linesOf(3)).toContain('controller.quorum.voters=1@127.0.0.1:201,2@127.0.0.1:202,3@127.0.0.1:203');
});

it('accepts writes with two of three brokers', () => {
  expect(linesOf(3)).toEqual(
    expect.arrayContaining([
      'default.replication.factor=3',
      'min.insync.replicas=2',
      'offsets.topic.replication.factor=3',
      'transaction.state.log.min.isr=2',
    ]),
  );
});

it('requires no replicas from a single broker', () => {
  expect(linesOf(1)).toEqual(
    expect.arrayContaining(['offsets.topic.replication.factor=1', 'min.insync.replicas=1']),
  );
});

it('adds a listener for a proxy, and advertises the port of the proxy to its clients', () => {
  const behind = { ...node(1), proxied: { port: 301, advertised: 401 } };
  const lines = settingsOf(behind, [behind]).split('\n');
  expect(lines).toContain(
    'listeners=BROKER://127.0.0.1:101,CONTROLLER://127.0.0.1:201,PROXIED://127.0.0.1:301',
  );
  expect(lines).toContain('advertised.listeners=BROKER://127.0.0.1:101,PROXIED://127.0.0.1:401');
});
