import { describe, expect, it } from 'vitest';
import { exposureText, listeningText, serverNames } from './address.ts';

const names = (host: string, ...allowedHosts: string[]) => serverNames({ host, port: 0, allowedHosts });

describe('the names of a server', () => {
  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('are those of loopback on %s', (host) => {
    const allowed = ['localhost', 'LOCALHOST', '127.0.0.9', '[::1]'];
    expect(allowed.filter((name) => !names(host).allows(name))).toEqual([]);
    const foreign = ['attacker.example', '10.0.0.1', '', '0.0.0.0'];
    expect(foreign.filter((name) => names(host).allows(name))).toEqual([]);
  });

  it.each([
    '127.0.0.1.attacker.example',
    '0127.0.0.1',
    '128.0.0.1',
    'localhost.attacker.example',
    'localhost.',
  ])('do not include %s, which only looks like loopback', (name) =>
    expect(names('127.0.0.1').allows(name)).toBe(false),
  );

  it.each(['0.0.0.0', '::', '10.0.0.1'])('include IP addresses on %s, and no domain name', (host) => {
    const allowed = ['localhost', '10.0.0.1', '192.0.2.7', '[2001:db8::1]', ''];
    expect(allowed.filter((name) => !names(host).allows(name))).toEqual([]);
    const foreign = ['attacker.example', 'ingest', '10.0.0.1.attacker.example', '[attacker.example]'];
    expect(foreign.filter((name) => names(host).allows(name))).toEqual([]);
  });

  it('include the name that the server is told to listen on', () => {
    expect(names('lineage.example').allows('lineage.example')).toBe(true);
    expect(names('lineage.example').allows('other.example')).toBe(false);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('include configured ones on %s, in any case', (host) => {
    const configured = names(host, 'Lineage.example', '.lab.example');
    const allowed = ['lineage.example', 'LINEAGE.EXAMPLE', 'a.lab.example', 'a.b.lab.example', 'localhost'];
    expect(allowed.filter((name) => !configured.allows(name))).toEqual([]);
    const foreign = ['lab.example', 'x.lineage.example', 'evillab.example', 'lineage.example.evil.example'];
    expect(foreign.filter((name) => configured.allows(name))).toEqual([]);
  });

  it('include every name where that is configured, and configure none by it', () => {
    expect(names('0.0.0.0', '*').allows('anything.example')).toBe(true);
    expect(names('0.0.0.0', '*').isConfigured('anything.example')).toBe(false);
  });

  it('do not include a name longer than names are', () => {
    expect(names('0.0.0.0', '.x').allows(`${'a.'.repeat(130)}x`)).toBe(false);
  });
});

describe('the text of a start', () => {
  it('names the address where the server listens on one, and all addresses on a wildcard', () => {
    expect(listeningText('127.0.0.1', 'http://127.0.0.1:4800')).toBe('http://127.0.0.1:4800');
    expect(listeningText('10.0.0.1', 'http://10.0.0.1:4800')).toBe('http://10.0.0.1:4800');
    expect(listeningText('0.0.0.0', 'http://127.0.0.1:4800')).toBe(
      'every address of this machine, port 4800 (here http://127.0.0.1:4800)',
    );
  });

  it('says beyond loopback who can reach the server, and its names', () => {
    expect(exposureText({ host: 'localhost', port: 0 }, false)).toBeUndefined();
    const exposed = { host: '0.0.0.0', port: 0, allowedHosts: ['ingest'] };
    const names = /localhost, IP addresses, ingest \(TRIBUTARY_ALLOWED_HOSTS\)/;
    for (const authenticates of [true, false]) expect(exposureText(exposed, authenticates)).toMatch(names);
    expect(exposureText(exposed, true)).toContain('callers need an API key');
    expect(exposureText(exposed, false)).toMatch(/^WARNING: [^]*does not authenticate/);
  });
});
