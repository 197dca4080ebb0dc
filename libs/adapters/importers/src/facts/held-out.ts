const HELD_OUT = /^(?:vals?|valid|validation|tests?|testing|evals?|evaluation|dev|held[-_]?out)$/i;

/** The words of a name: `eval_loader`, `evalLoader` and `data-eval.v1` have the word `eval`, `latest` has no `test`. */
const wordsIn = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '');

/** Whether a name says that its data are held out for validation or a test, so that no run trains on them. */
export const namesHeldOut = (name: string): boolean =>
  /held[-_]?out/i.test(name) || wordsIn(name).some((word) => HELD_OUT.test(word));
