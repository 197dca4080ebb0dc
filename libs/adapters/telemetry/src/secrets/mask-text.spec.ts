import { expect, it } from 'vitest';
import { maskSetting, maskText, shortText } from './mask-text.ts';

it.each([
  ['cannot reach http://user:pw@db:8123/x now', 'cannot reach http://***@db:8123/x now'],
  ['https://token@host/a', 'https://***@host/a'],
  ['http://u:p@ss@host', 'http://***@host'],
  ['broker u:pw@kafka:9092 refused', 'broker ***@kafka:9092 refused'],
  ['http://h/?user=a&password=pw&x=1', 'http://h/?user=a&password=***&x=1'],
  ['http://h/?token=a@b', 'http://***'],
  ['Authorization: Bearer abc.def', 'Authorization: ***'],
  ['sent Bearer abc.def to h', 'sent Bearer *** to h'],
  ['{"n":1,"clientSecret":"a b"} at x', '{"n":1,"clientSecret":*** at x'],
  ['user=a password = pw next', 'user=a password = *** next'],
  ['partition 3 of tributary.events at 12:30', 'partition 3 of tributary.events at 12:30'],
  ['monkey: banana', 'monkey: banana'],
])('prints %s as %s', (text, masked) => expect(maskText(text)).toBe(masked));

it('treats a setting as a single value, including spaces', () => {
  expect(maskSetting('http://u:p w@h/x')).toBe('http://***@h/x');
  expect(maskSetting('module required password="a b" user=x')).toBe('module required password=***');
  expect(maskSetting('sasl.password=a b')).toBe('sasl.password=***');
  expect(maskSetting('http://clickhouse:8123')).toBe('http://clickhouse:8123');
});

it('masks before it truncates, so that half a URL does not show its password', () => {
  expect(shortText(`http://u:${'canary'.repeat(60)}@host`)).toBe('http://***@host');
  expect(shortText(`http://u:${'canary'.repeat(1_000)}@host`)).toBe('…');
  expect(shortText('a'.repeat(300))).toBe(`${'a'.repeat(256)}…`);
  expect(shortText('a\u009b2Jb\u2028c')).toBe('a 2Jb c');
});
