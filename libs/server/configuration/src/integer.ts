import { z } from 'zod';

/** A whole number of at least so much. */
export const integer = (least: number) => z.coerce.number().int().min(least);
