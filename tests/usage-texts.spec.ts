import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** The texts of the services that say how a program is called. */
const usages = readdirSync(join(root, 'services'))
  .flatMap((service) => {
    const sources = `services/${service}/src`;
    return readdirSync(join(root, sources), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${sources}/${name}`,
    );
  })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/(['"`])usage: [^\n]+?\1/g)].map(([text]) => ({
      path,
      text,
    })),
  );

it('services that have commands say how they are called', () => {
  expect(usages.length).toBeGreaterThanOrEqual(2);
});

it.each(usages)('the usage of $path names the program that is built of it', ({ path, text }) => {
  const service = path.split('/')[1] ?? '';
  expect(text).toContain(`node dist/${service}.js `);
  expect(text).not.toContain('main.js');
});
