import { Controller, Get, Module, Param } from '@nestjs/common';
import { Fault } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAULTS } from './problem.filter.ts';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

/** What the text of a fault may have in it for the operator. */
const INTERNAL =
  "EACCES: cannot open '/var/lib/secret/tables/part.bin', needed by /opt/secret/x (Code: 76. DB::Exception: SELECT secret FROM secret)";

@Controller('fail')
class TestController {
  @Get(':code')
  fail(@Param('code') code: string) {
    throw new Fault(code, INTERNAL, { cause: new Error(INTERNAL) });
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

let serving: Serving;
beforeAll(async () => {
  serving = await serve({ module: TestModule }, { host: '127.0.0.1', port: 0 });
});
afterAll(() => serving.stop());

it.each([...FAULTS.keys(), 'engine_refused', 'blob_damaged'])(
  'the answer to the fault %s has a code and a sentence, and nothing of the machine or of what the engine said',
  async (code) => {
    const response = await fetch(`${serving.url}/fail/${code}`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      status: response.status,
      code: FAULTS.has(code) ? code : 'fault',
      detail: expect.stringMatching(/^.{20}/),
    });
    expect(text).not.toMatch(/secret|DB::Exception/);
  },
);

it('the refusal of a path that is not there has a code', async () => {
  const response = await fetch(`${serving.url}/nowhere`);
  expect(await response.json()).toMatchObject({ status: 404, code: 'not_found' });
});
