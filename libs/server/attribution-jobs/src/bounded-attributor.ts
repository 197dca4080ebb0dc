import { ANSWERING_LIMITS, ANSWERING_VARIABLES } from '@tributary/capture';
import type { AnsweringLimits } from '@tributary/capture';
import { currentSignal, Fault, pool } from '@tributary/kernel';
import type { Attributor } from './attributor.ts';

type Bounds = {
  readonly limits?: Pick<AnsweringLimits, 'attributions' | 'attributionsWaiting'> | undefined;
};

/** Questions whose experiment is loaded or estimated now, and those that wait for that. */
type Load = () => { readonly running: number; readonly waiting: number };

/**
 * An attributor that works on a number of questions at once and lets a number of others wait. Further ones are refused
 * with Fault `busy` (retryable). One that waits leaves with its request.
 */
export function boundedAttributor(
  behind: Attributor,
  { limits = ANSWERING_LIMITS }: Bounds = {},
): { readonly attributor: Attributor; readonly load: Load } {
  const { attributions, attributionsWaiting: most } = limits;
  const refusal = (): Fault => busy(limits);
  const slots = pool(
    Array.from({ length: attributions }, (_, index) => index),
    { most, refusal },
  );
  const bounded = <Answer>(work: () => Promise<Answer>): Promise<Answer> => slots.use(work, currentSignal());
  return {
    attributor: {
      experiments: (asOf, origin, page) => behind.experiments(asOf, origin, page),
      attribute: (request, asOf) => bounded(() => behind.attribute(request, asOf)),
      predict: (experiment, mixtures, asOf, options) =>
        bounded(() => behind.predict(experiment, mixtures, asOf, options)),
      design: (request, asOf) => bounded(() => behind.design(request, asOf)),
    },
    load: () => ({ running: slots.working, waiting: slots.waiting }),
  };
}

const busy = ({ attributions, attributionsWaiting }: NonNullable<Bounds['limits']>): Fault =>
  new Fault(
    'busy',
    `the server estimates ${attributions} questions at once, and ${attributionsWaiting} others wait: ask again later, or set ${ANSWERING_VARIABLES.attributions} or ${ANSWERING_VARIABLES.attributionsWaiting} of the server`,
    {
      retryable: true,
      met: {
        limit: 'attributionsWaiting',
        value: attributionsWaiting,
        key: ANSWERING_VARIABLES.attributionsWaiting,
      },
    },
  );
