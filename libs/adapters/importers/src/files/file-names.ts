const PROSE_OR_PROGRAM =
  /\.(?:md|mdx|markdown|rst|adoc|tex|html?|ipynb|pyi?|c|cc|cpp|cu|cuh|h|hpp|rs|go|java|jl|js|mjs|ts|tsx|lua|pl|rb)(?:\.gz)?$/i;
const SCRIPT = /\.(?:sh|bash|zsh|slurm|sbatch|pbs)(?:\.gz)?$/i;

/** Whether a file is prose, a notebook or a program by its name: it quotes, prints or reads what others are. */
export const isProseOrProgram = (path: string): boolean => PROSE_OR_PROGRAM.test(path);

/** Whether a file is a script of a shell by its name. It may launch a run, and quotes logs in its comments. */
export const isScript = (path: string): boolean => SCRIPT.test(path);
