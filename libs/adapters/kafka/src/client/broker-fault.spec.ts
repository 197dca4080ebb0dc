import { expect, it } from 'vitest';
import { brokerFault } from './broker-fault.ts';

it('says of a record time that the broker refuses that a clock is wrong', () => {
  const refused = Object.assign(new Error('The timestamp of the message is out of acceptable range'), {
    name: 'KafkaJSProtocolError',
    type: 'INVALID_TIMESTAMP',
    code: 32,
  });
  expect(brokerFault(refused, 'cannot append')).toMatchObject({
    code: 'clock_wrong',
    message: expect.stringContaining('set the clock that is wrong'),
  });
});
