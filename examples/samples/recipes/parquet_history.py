"""The one sample that needs a package: pyarrow 26.0.1."""

import pyarrow
import pyarrow.parquet

from sample import SAMPLES, count, loss, write_counts

STEPS = 10
folder = SAMPLES / "parquet-history"
folder.mkdir(exist_ok=True)
table = pyarrow.table(
    {
        "_step": pyarrow.array(range(STEPS), pyarrow.int64()),
        "_timestamp": pyarrow.array([1795541480.5 + step for step in range(STEPS)], pyarrow.float64()),
        "train/loss": [loss(step) for step in range(STEPS)],
        "val/loss": [loss(step, 1) if step % 5 == 0 else None for step in range(STEPS)],
    }
)
pyarrow.parquet.write_table(table, folder / "0000.parquet", row_group_size=4)
count("parquet-history", runs=1, steps=STEPS, values=STEPS + 2)
write_counts()
