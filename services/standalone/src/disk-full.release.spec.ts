import { join } from 'node:path';
import { randomFrom, recordFigures } from '@tributary/fixtures';
import { smallDisk } from '@tributary/test-processes';
import { afterAll, expect, it } from 'vitest';
import { expectAll, fillAndFree, MIB, Sender } from './disk-history.fixture.ts';
import { startServer } from './server-under-test.fixture.ts';

const ROUNDS = 20;
const STEPS = 60;

const disk = smallDisk(256);
afterAll(() => disk?.remove());

it.skipIf(!disk)(
  `loses and repeats nothing while its disk fills and is freed in ${ROUNDS} rounds with a kill each, with a watermark and without`,
  async () => {
    if (!disk) return;
    const sender = new Sender();
    const random = randomFrom(20_261_129);
    const directory = join(disk.directory, 'data');
    for (let round = 0; round < ROUNDS; round += 1) {
      const refuse = (round % 2) * MIB;
      const server = await startServer(directory, {
        TRIBUTARY_DISK_REFUSE_BYTES: String(refuse),
        TRIBUTARY_DISK_WARN_BYTES: String(refuse),
      });
      await fillAndFree(server, { sender, disk, random, steps: STEPS });
      await expectAll(server, sender);
      expect(await server.end('SIGKILL')).toBe('SIGKILL');
    }
    const server = await startServer(directory);
    await expectAll(server, sender);
    expect(await server.ask('mutation { rebuild { equal } }')).toEqual({ rebuild: { equal: true } });
    await expectAll(server, sender);
    expect(await server.end('SIGTERM')).toBe(0);
    recordFigures('a server on a disk that fills', {
      rounds: ROUNDS,
      steps: ROUNDS * STEPS,
      'events acknowledged': sender.acknowledged.size,
      'requests refused for lack of room': sender.refused,
    });
  },
  1_200_000,
);
