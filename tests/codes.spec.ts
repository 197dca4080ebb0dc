import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { FAULTS } from '../libs/server/http/src/problem.filter.ts';
import { graphqlError } from '../libs/server/graphql/src/errors.ts';
import { refusalOf, UNAVAILABLE } from '../libs/protocols/otlp/src/wire.ts';
import { CONTENT_CODES, EVENT_CODES, REQUEST_CODES } from './codes.fixture.ts';

/** Whether the same request may succeed later: those of the server itself, and never what the request has. */
const isRetried = (status: number): boolean => status >= 500;

it('every code with which a request ends has a row, and no row is of another one', () => {
  expect(Object.keys(REQUEST_CODES).toSorted()).toEqual([...FAULTS.keys()].toSorted());
});

it.each([...FAULTS])('%s says the same in HTTP, in the codes of gRPC and in GraphQL', (code, problem) => {
  const retried = isRetried(problem.status);
  expect(retried || problem.retryAfter === undefined).toBe(true);
  const detail = 'the sentence';
  expect(refusalOf({ ...problem, detail }).code === UNAVAILABLE).toBe(retried);
  const answered = graphqlError({ message: detail }, new Fault(code, detail, { retryable: retried }));
  expect(answered.extensions?.['code']).toBe(code);
});

const root = join(import.meta.dirname, '..');

/** Whose faults callers read: those of a start, of commands and of storage are conditions in the guide to operation. */
const ANSWERING = [
  'libs/contexts',
  'libs/protocols',
  'libs/server/graphql',
  'libs/server/attribution-jobs',
  'libs/server/intake',
  'libs/core/capture',
  'libs/core/json',
];

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

const isSource = (file: string): boolean =>
  file.includes('/src/') && file.endsWith('.ts') && !/\.(spec|suite|fixture)\.ts$/.test(file);

it('every code of a fault that callers read is in a document', () => {
  const sources = ANSWERING.flatMap(filesBelow)
    .filter((file) => isSource(file))
    .map((file) => readFileSync(join(root, file), 'utf8'));
  const codes = sources.flatMap((text) =>
    [...text.matchAll(/new \w*Fault\(\s*'([a-z_]+)'/g)].map(([, code = '']) => code),
  );
  const documents = ['docs', 'docs/guides'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  const isDocumented = (code: string): boolean => documents.some((text) => text.includes(`\`${code}\``));
  expect(new Set(codes).size).toBeGreaterThan(40);
  expect(
    [...new Set([...codes, ...Object.keys(CONTENT_CODES)])].filter((code) => !isDocumented(code)),
  ).toEqual([]);
});

const INTRODUCTION = `# Codes

The \`code\` of a refusal, in a problem (RFC 9457), and in the extensions of an error of GraphQL. OpenTelemetry's answers have
the code of gRPC beside it: 14 (\`UNAVAILABLE\`) where the same request may be sent again, 3 otherwise, 8 for 429 and for a
disk without room. MLflow's clients read codes of their own ([protocols](protocols.md)). Codes of limits, with the variable that changes each,
are in [limits](limits.md). Other problems have their title as their code, and their status says whether to retry: 408, 429 and
from 500 on, the same request may be sent again.

This page is generated: \`npx vitest run tests/codes.spec.ts -u\`.

## Of a request

| code | status | the same again | what it means |
| --- | --- | --- | --- |
`;

it('documents every code (docs/guides/codes.md)', async () => {
  const requests = [...FAULTS].map(
    ([code, { status }]) =>
      `| \`${code}\` | ${status} | ${isRetried(status) ? 'yes' : 'no'} | ${REQUEST_CODES[code]} |`,
  );
  const events = Object.entries(EVENT_CODES).map(([code, text]) => `| \`${code}\` | ${text} |`);
  const contents = Object.entries(CONTENT_CODES).map(([code, text]) => `| \`${code}\` | ${text} |`);
  const third = [
    '',
    '## Of what was asked or sent',
    '',
    'The same request is refused again, except where this says so.',
    '',
    '| code | what it means |',
    '| --- | --- |',
  ];
  const second = [
    '',
    '## Of an event',
    '',
    'Each error of `events_refused` (422) has one, with the pointer to the place. The same event is refused again.',
    '',
    '| code | what it means |',
    '| --- | --- |',
  ];
  await expect(
    INTRODUCTION + [...requests, ...second, ...events, ...third, ...contents, ''].join('\n'),
  ).toMatchFileSnapshot('../docs/guides/codes.md');
});
