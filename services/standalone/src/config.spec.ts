import {
  ANSWERING_LIMITS,
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
    directory: '.tributary',
    limits: REQUEST_LIMITS,
    questions: QUESTION_LIMITS,
    answering: ANSWERING_LIMITS,
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

it('reads limits, and names a wrong one', () => {
  expect(readConfig({ TRIBUTARY_BYTES_IN_FLIGHT: '1000' }).limits).toEqual({
    ...REQUEST_LIMITS,
    bytesInFlight: 1000,
  });
  expect(() => readConfig({ TRIBUTARY_REQUESTS: '0' })).toThrow(/TRIBUTARY_REQUESTS: /);
});
