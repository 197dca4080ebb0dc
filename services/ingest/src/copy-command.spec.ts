import { expect, it } from 'vitest';
import { copyRequest, copyText } from './copy-command.ts';

const request = { to: 'events-2', partitions: 24, isLast: false, isLate: false };

it('names the new topic and its partitions, and perhaps how many the old one had', () => {
  expect(copyRequest(['events-2', '--partitions', '24'])).toEqual(request);
  expect(copyRequest(['--last', '--was', '12', 'events-2', '--partitions=24'])).toEqual({
    ...request,
    was: 12,
    isLast: true,
  });
  expect(copyRequest(['events-2', '--partitions', '24', '--late'])).toMatchObject({
    isLast: true,
    isLate: true,
  });
});

it.each([
  [],
  ['events-2'],
  ['--partitions', '24'],
  ['events-2', 'events-3', '--partitions', '24'],
  ['events-2', '--partitions', '0'],
  ['events-2', '--partitions', '24', '--was', 'x'],
  ['events-2', '--partitions', '24', '--lasst'],
])('is not understood: %j', (...args: string[]) => {
  expect(copyRequest(args)).toBeUndefined();
});

it('says what to do next', () => {
  const copied = { copied: 5, already: 2, skipped: 0, left: 3 };
  const from = 'events';
  expect(copyText(copied, { from, request })).toContain(
    '3 records are left: stop everything that writes to events',
  );
  expect(copyText({ ...copied, left: 0 }, { from, request })).toContain('then run this again with --last');
  expect(copyText({ ...copied, skipped: 1, left: 0 }, { from, request: { ...request, isLast: true } })).toBe(
    '5 records of events copied to events-2, 2 were copied before, 1 without content left out\n' +
      'events-2 has every record of events: name it in KAFKA_TOPIC of every service',
  );
});
