/** Prints `3 of 12: engine alone, round 1` before each measurement. `total` is the number of measurements. */
export function progress(total: number): (what: string) => void {
  let done = 0;
  return (what) => {
    done += 1;
    console.error(`${done} of ${total}: ${what}`);
  };
}
