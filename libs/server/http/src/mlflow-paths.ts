/** Where clients and browsers of the tracker look for its API. */
export const PREFIXES = ['api/2.0/mlflow', 'ajax-api/2.0/mlflow'];

/** Experiments are the projects of the facts. */
export const under = (path: string): string[] => PREFIXES.map((prefix) => `${prefix}/${path}`);

export const isTracker = (path: string): boolean => PREFIXES.some((prefix) => path.startsWith(`/${prefix}/`));
