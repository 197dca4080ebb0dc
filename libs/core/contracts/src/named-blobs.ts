import { isFactType } from './catalogue.ts';
import type { FactType } from './catalogue.ts';
import type { FactCatalogue } from './generated/catalogue.ts';
import { blobsOfOrder } from './order.ts';

type Named = { readonly [Type in FactType]?: (data: FactCatalogue[Type]) => readonly string[] };

/** Facts that name files by their SHA-256 whose bytes answers are read from. */
const NAMED: Named = { 'training.order.recorded': ({ order }) => blobsOfOrder(order) };

/** SHA-256 (lower-case hex) of the blobs that a fact names. The data must be valid. */
export function blobsNamedBy<Type extends FactType>(
  type: Type,
  data: FactCatalogue[Type],
): readonly string[] {
  const named: ((data: FactCatalogue[Type]) => readonly string[]) | undefined = NAMED[type];
  return named?.(data) ?? [];
}

/** Whether facts of a type can name blobs, so that the others need not be parsed. */
export const namesBlobs = (type: string): boolean => isFactType(type) && NAMED[type] !== undefined;
