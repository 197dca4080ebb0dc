import { REQUEST_LIMITS } from '@tributary/capture';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InFlight } from './backpressure.ts';
import type { Admitted } from './backpressure.ts';

const LIMITS = { ...REQUEST_LIMITS, bytesInFlight: 100, requests: 4 };

type Step = { readonly kind: 'admit' | 'grow' | 'leave'; readonly bytes: number; readonly which: number };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('admit', 'grow', 'leave'),
  bytes: fc.nat(60),
  which: fc.nat(7),
});

it('holds exactly the bytes of the requests in flight, and never more than its limits', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const flight = new InFlight(LIMITS);
      const held = new Map<Admitted, number>();
      const sum = () => [...held.values()].reduce((total, bytes) => total + bytes, 0);
      for (const { kind, bytes, which } of steps) {
        const request = [...held.keys()][which];
        const fits = sum() + bytes <= LIMITS.bytesInFlight;
        const expected = kind === 'admit' ? fits && held.size < LIMITS.requests : fits;
        let isDone = expected;
        if (kind === 'admit') {
          const admitted = flight.admit(bytes);
          isDone = admitted !== undefined;
          if (admitted) held.set(admitted, bytes);
        } else if (request && kind === 'grow') {
          isDone = request.grow(bytes);
          if (isDone) held.set(request, (held.get(request) ?? 0) + bytes);
        } else if (request) {
          request.leave();
          held.delete(request);
        }
        expect({ isDone, bytes: flight.bytes }).toEqual({ isDone: expected, bytes: sum() });
      }
    }),
  );
});
