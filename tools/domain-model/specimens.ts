/** One short text of each domain, written for this purpose. Their logits go with the model, and a test compares them. */
export const SPECIMENS = [
  `def merge(left, right):
    merged = []
    while left and right:
        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return merged + left + right


class Sorter:
    def __init__(self, key=None):
        self.key = key

    def sort(self, values):
        if len(values) < 2:
            return list(values)
        middle = len(values) // 2
        return merge(self.sort(values[:middle]), self.sort(values[middle:]))
`,
  `# merge-lists

Merges sorted lists.

## Install

\`\`\`sh
npm install merge-lists
\`\`\`

## Usage

\`\`\`js
const merge = require('merge-lists');
merge([1, 3], [2]); // [1, 2, 3]
\`\`\`

### \`merge(left, right, options)\`

Returns a new array. Set \`options.stable\` to \`false\` if the order of equal elements does not matter.
`,
  `Lemma add_comm : forall n m : nat, n + m = m + n.
Proof.
  intros n m. induction n as [| n IH].
  - rewrite add_0_r. reflexivity.
  - simpl. rewrite IH. rewrite plus_n_Sm. reflexivity.
Qed.

Lemma add_assoc : forall n m p : nat, n + (m + p) = (n + m) + p.
Proof.
  intros n m p. induction n as [| n IH]; simpl; [reflexivity | rewrite IH; reflexivity].
Qed.
`,
  `A shop sells 12 boxes of pencils a day. Each box holds 8 pencils. How many pencils are left after 3 days if it had 400?

First find how many pencils are sold a day: 12 * 8 = 96.
Then multiply by the number of days: 96 * 3 = 288.
Finally subtract what was sold from what there was: 400 - 288 = 112.
Check: 112 + 288 = 400. So 112 pencils are left.
`,
  `The characteristic function of a random variable $X$ is :math:\`\\varphi(t) = E[e^{itX}]\`. For a normal distribution with
mean :math:\`\\mu\` and variance :math:\`\\sigma^2\` it is

.. math::

    \\varphi(t) = \\exp\\left(i \\mu t - \\frac{\\sigma^2 t^2}{2}\\right),

and the density follows from the inversion formula :math:\`f(x) = \\frac{1}{2\\pi} \\int e^{-itx} \\varphi(t)\\,dt\`.
`,
  `The river rises in the northern highlands and flows for about 640 kilometres to the southern gulf. Its valley has been
settled since the Bronze Age; three of the country's five largest towns lie on its banks. In the nineteenth century the
lower course was straightened, and a canal was built to the harbour. Wheat, flax and wool are the main products of the
region, and most of its people speak the eastern dialect.
`,
] as const;
