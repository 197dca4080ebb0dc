import { expect, it } from 'vitest';
import { openResources } from './resources.ts';

const closed: string[] = [];
const resource = (name: string) => ({
  name,
  close: () => {
    closed.push(name);
    return Promise.resolve();
  },
});

it('closes what was opened in reverse order, once', async () => {
  const opened = await openResources((resources) => {
    resources.add(resource('log'));
    return Promise.resolve({ tables: resources.add(resource('tables')).name });
  });
  expect(opened.tables).toBe('tables');
  expect(closed).toEqual([]);
  await opened.close();
  await opened.close();
  expect(closed.splice(0)).toEqual(['tables', 'log']);
});

it('closes what is open where a later part fails, and throws its fault', async () => {
  const opening = openResources((resources) => {
    resources.add(resource('log'));
    resources.add(resource('tables'));
    return Promise.reject(new Error('no broker'));
  });
  await expect(opening).rejects.toThrow('no broker');
  expect(closed.splice(0)).toEqual(['tables', 'log']);
});
