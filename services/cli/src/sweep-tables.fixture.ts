/** Losses are a known function of the shares with small noise, so that every effect has a known sign. */
export function tables(runs: number, seed: number) {
  let state = seed;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const rows = Array.from({ length: runs }, (_value, index) => {
    const parts = Array.from({ length: 3 }, () => -Math.log(random()));
    const whole = parts.reduce((sum, part) => sum + part, 0);
    const [web = 0, code = 0] = parts.map((part) => Number((part / whole).toFixed(3)));
    const math = Number((1 - web - code).toFixed(3));
    return {
      key: index + 1,
      web,
      code,
      math,
      loss: 3 - code + 0.01 * random(),
      other: 4 - 2 * math + 0.01 * random(),
    };
  });
  const mixtures = rows.map(({ key, web, code, math }) => [key, web, code, math].join(','));
  const losses = rows.map(({ key, loss, other }) => [key, loss, other].join(','));
  return {
    mixtures: ['index,train_web,train_code,train_math', ...mixtures].join('\n'),
    losses: ['index,metric/mbpp_val_loss,metric/gsm8k_val_loss', ...losses].join('\n'),
  };
}
