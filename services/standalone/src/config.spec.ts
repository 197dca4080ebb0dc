import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('listens on loopback and keeps its data beside the caller when nothing is set', () => {
  expect(readConfig({})).toEqual({ host: '127.0.0.1', port: 4800, directory: '.tributary' });
});

it('names every variable that is wrong', () => {
  expect(() => readConfig({ PORT: 'ten', TRIBUTARY_DATA: '' })).toThrow(/PORT: [^]*TRIBUTARY_DATA: /);
});
