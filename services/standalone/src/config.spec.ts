import {
  ANSWERING_LIMITS,
  ARTIFACT_BYTES,
  ESTIMATE_HEAP,
  QUERY_BYTES,
  DEADLINES,
  DISK_WATERMARKS,
  FAULT_GRACE,
  QUESTION_LIMITS,
  REQUEST_LIMITS,
} from '@tributary/capture';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('listens on loopback and uses the working directory when nothing is set', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4800,
    allowedHosts: [],
    metricsPort: undefined,
    auth: undefined,
    keysFile: undefined,
    umask: 0o077,
    directory: '.tributary',
    witness: undefined,
    limits: REQUEST_LIMITS,
    questions: QUESTION_LIMITS,
    introspection: true,
    answering: ANSWERING_LIMITS,
    artifactBytes: ARTIFACT_BYTES,
    queryBytes: QUERY_BYTES,
    estimateHeap: ESTIMATE_HEAP,
    deadlines: DEADLINES,
    watermarks: DISK_WATERMARKS,
    faultGrace: FAULT_GRACE,
  });
});

it('names every wrong variable', () => {
  expect(() => readConfig({ PORT: 'ten', TRIBUTARY_DATA: '' })).toThrow(/PORT: [^]*TRIBUTARY_DATA: /);
});

it('refuses a warning that would come after the refusal', () => {
  expect(() => readConfig({ TRIBUTARY_DISK_WARN_BYTES: '10', TRIBUTARY_DISK_REFUSE_BYTES: '11' })).toThrow(
    /TRIBUTARY_DISK_WARN_BYTES: .*set it to 11 or more/,
  );
});

it('reads how long requests wait, and names what is no time', () => {
  const { deadlines } = readConfig({
    TRIBUTARY_QUERY_TIMEOUT_MS: '1000',
    TRIBUTARY_ESTIMATE_TIMEOUT_MS: '2000',
    TRIBUTARY_TABLES_TIMEOUT_MS: '3000',
    TRIBUTARY_REBUILD_TIMEOUT_MS: '4000',
  });
  expect(deadlines).toEqual({ query: 1000, estimate: 2000, tables: 3000, rebuild: 4000 });
  expect(() => readConfig({ TRIBUTARY_QUERY_TIMEOUT_MS: '0' })).toThrow(/TRIBUTARY_QUERY_TIMEOUT_MS: /);
  /* A timer of Node that is longer ends at once. */
  expect(() => readConfig({ TRIBUTARY_TABLES_TIMEOUT_MS: String(2 ** 31 - 1) })).toThrow(
    /TRIBUTARY_TABLES_TIMEOUT_MS: /,
  );
});

it('reads limits, and names a wrong one', () => {
  expect(readConfig({ TRIBUTARY_BYTES_IN_FLIGHT: '10000000' }).limits).toEqual({
    ...REQUEST_LIMITS,
    bytesInFlight: 10_000_000,
  });
  expect(() => readConfig({ TRIBUTARY_REQUESTS: '0' })).toThrow(/TRIBUTARY_REQUESTS: /);
});
