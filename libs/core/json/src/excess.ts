import type { JsonBounds } from './strict.ts';
import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, endOfString, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './tokens.ts';

/**
 * Which of the bounds a text exceeds first, undefined where it keeps both. Each byte is looked at once, nothing is parsed,
 * and the memory is that of the levels; a text that is no JSON is left to its parser.
 */
export function excessOf(bytes: Uint8Array, { depth, keys }: JsonBounds): keyof JsonBounds | undefined {
  /* Members of the object that is open at each level; an array has none. */
  const members = [0];
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case QUOTE: {
        const end = endOfString(bytes, at);
        if (end < 0) return undefined;
        at = end - 1;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (members.push(0) > depth + 1) return 'depth';
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        members.pop();
        break;
      case COLON: {
        const count = (members.pop() ?? 0) + 1;
        if (count > keys) return 'keys';
        members.push(count);
        break;
      }
      default:
    }
  }
  return undefined;
}
