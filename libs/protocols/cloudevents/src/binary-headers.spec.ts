import { describe, expect, it } from 'vitest';
import { bindAttributes } from '@tributary/capture';
import { decodedAttributes, isBinary } from './binary-headers.ts';
import type { RawHeaders } from './binary-headers.ts';

const bindHeaders = (headers: RawHeaders, contentType: string, body: Buffer) =>
  bindAttributes(decodedAttributes(headers), contentType, body);

const CORE = [
  'ce-specversion',
  '1.0',
  'ce-type',
  'training.run.ended',
  'ce-source',
  'urn:test',
  'ce-id',
  '1',
];

function eventOf(headers: readonly string[], body = '{"a":1}', contentType = 'application/json'): unknown {
  const bound = bindHeaders(headers, contentType, Buffer.from(body));
  return bound.ok ? JSON.parse(bound.event.bytes.toString('utf8')) : bound.rejection;
}

it('makes one event of headers and body', () => {
  expect(eventOf(['Host', 'x', ...CORE, 'CE-Subject', 'run/1'])).toEqual({
    specversion: '1.0',
    type: 'training.run.ended',
    source: 'urn:test',
    id: '1',
    subject: 'run/1',
    datacontenttype: 'application/json',
    data: { a: 1 },
  });
});

it('keeps the text of the body', () => {
  const bound = bindHeaders(CORE, 'application/json', Buffer.from('{ "a": 1.10 }'));
  expect(bound.ok && bound.event.bytes.toString('utf8')).toContain('"data":{ "a": 1.10 }');
});

it.each([
  ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
  ['"a \\"quoted\\" \\\\ string"', 'a "quoted" \\ string'],
  ['"50%25"', '50%'],
  ['a%2525b', 'a%25b'],
  ['plain text, with comma', 'plain text, with comma'],
  ['"', '"'],
])('reads the header value %s as %s', (raw, subject) => {
  expect(eventOf([...CORE, 'ce-subject', raw])).toMatchObject({ subject });
});

it.each([
  ['an overlong form', ['ce-subject', '%C0%A0'], '/subject'],
  ['a lone continuation byte', ['ce-subject', '%80'], '/subject'],
  ['half an escape', ['ce-subject', '100%'], '/subject'],
  ['bytes beyond ASCII', ['ce-subject', 'caf\u00e9'], '/subject'],
  ['a content type of its own', ['ce-datacontenttype', 'application/json'], '/datacontenttype'],
  ['an attribute that occurs twice', ['ce-id', '2'], '/id'],
  ['data among the headers', ['ce-data', '{}'], '/data'],
  ['a name that CloudEvents does not allow', ['ce-my-name', 'x'], '/my-name'],
])('refuses %s', (_what, more, pointer) => {
  expect(eventOf([...CORE, ...more])).toMatchObject({ code: 'invalid_envelope', pointer });
});

describe('a body that would close the event early', () => {
  it.each(['{},"recordtime":"x"', '{}}', '', '1,"id":"2"'])('cannot add attributes: %s', (body) => {
    const bound = bindHeaders(CORE, 'application/json', Buffer.from(body));
    const text = bound.ok ? bound.event.bytes.toString('utf8') : '';
    expect(text === body || !text.includes('"data"')).toBe(true);
  });
});

it('recognises a request with such headers', () => {
  expect(isBinary(['Host', 'x', 'Ce-Id', '1'])).toBe(true);
  expect(isBinary(['Host', 'x', 'cookie', 'ce-id'])).toBe(false);
});
