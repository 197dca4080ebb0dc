import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diskSpace, diskState } from './disk-space.ts';

const watermarks = fc
  .tuple(fc.nat(), fc.nat())
  .map(([one, other]) => ({ warn: Math.max(one, other), refuse: Math.min(one, other) }));

it('law: less room is never a better state', () => {
  const rank = ['ok', 'warn', 'low'];
  fc.assert(
    fc.property(watermarks, fc.nat(), fc.nat(), (marks, one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      return rank.indexOf(diskState(less, marks)) >= rank.indexOf(diskState(more, marks));
    }),
  );
});

it('refuses nothing at a watermark of 0, even on a full disk', () => {
  expect(diskState(0, { warn: 0, refuse: 0 })).toBe('ok');
});

it('reads the fullest disk at each call, names it, and admits as soon as there is room', () => {
  const free = new Map([
    ['/data', 100],
    ['/blobs', 9],
  ]);
  const disk = diskSpace(
    { data: '/data', blobs: '/blobs' },
    { warn: 50, refuse: 10 },
    (directory) => free.get(directory) ?? 0,
  );
  expect(disk.read()).toEqual({ of: 'blobs', free: 9, state: 'low' });
  expect(disk.admit).toThrow(/nothing was stored: the disk of the blobs has 9 bytes free, fewer than 10/);
  expect(disk.conditions()).toMatchObject([{ code: 'disk_low' }]);
  free.set('/blobs', 10);
  expect(disk.admit).not.toThrow();
  expect(disk.conditions()).toEqual([]);
  expect(disk.read().state).toBe('warn');
});
