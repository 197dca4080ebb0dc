/** A checkpoint is named by its address without the slash that some lists end it with. */
export const checkpointIdOf = (address: string): string => address.trim().replace(/\/+$/, '').slice(0, 512);
