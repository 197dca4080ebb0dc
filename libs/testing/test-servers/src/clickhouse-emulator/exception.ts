/** An error in the format of the engine: `Code: N. DB::Exception: text (NAME)`. */
export function exception(code: number, name: string, text: string): Error & { clickhouseCode: number } {
  return Object.assign(new Error(`Code: ${code}. DB::Exception: ${text}. (${name})`), {
    clickhouseCode: code,
  });
}

export const notImplemented = (what: string) => exception(48, 'NOT_IMPLEMENTED', what);

export type ErrorResponse = { readonly code: number; readonly status: number; readonly text: string };

/** The response to a client for an error of the engine or of the emulator. */
export function errorResponse(error: unknown, version: string): ErrorResponse {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const text = message.startsWith('Code: ')
    ? message
    : `Code: ${code}. DB::Exception: ${message}. (STD_EXCEPTION)`;
  return { code, status: STATUS.get(code) ?? 500, text: `${text} (version ${version} (official build))\n` };
}

function codeOf(error: unknown): number {
  const known = typeof error === 'object' && error !== null && 'clickhouseCode' in error;
  return known && typeof error.clickhouseCode === 'number' ? error.clickhouseCode : 1001;
}

/** HTTP statuses by code, as in the server's exceptionCodeToHTTPStatus; 500 for all others. */
const STATUS = new Map<number, number>(
  Object.entries({
    400: [6, 10, 15, 25, 26, 36, 38, 41, 44, 53, 62, 72, 117, 167, 168, 321, 376, 427],
    401: [194],
    403: [192, 193, 497, 512, 516],
    404: [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 336, 511],
    408: [159],
    413: [229, 307],
    501: [48],
    503: [76, 209, 439],
  }).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);
