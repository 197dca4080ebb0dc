/** What stopped something, in words. */
export const faultText = (fault: unknown): string =>
  fault instanceof Error ? fault.message : 'an unknown fault';
