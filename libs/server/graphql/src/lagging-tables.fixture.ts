import { parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Runtime } from './runtime.ts';

/** A runtime whose tables stand at a position until somebody waits for a later one, as while a batch waits for more events. */
export function laggingTables(runtime: Runtime, position: Position): Runtime {
  let at = position;
  return {
    ...runtime,
    projector: {
      position: () => at,
      unprojected: () => runtime.projector.unprojected(),
      fault: () => runtime.projector.fault(),
      async reached(target) {
        await runtime.projector.reached(target);
        if (parseEventPosition(target) > parseEventPosition(at)) at = target;
      },
    },
  };
}
