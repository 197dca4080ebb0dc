import numpy as np
from streaming import MDSWriter
for split, n, compression in (("train", 40, None), ("val", 6, "zstd:3")):
    with MDSWriter(out=f"/data/mini/mds/{split}", columns={"text": "str", "tokens": "ndarray:uint16"}, hashes=["sha1", "xxh64"], compression=compression, size_limit=2048) as writer:
        for i in range(n):
            writer.write({"text": f"document {i} of {split}", "tokens": np.arange(20 + i % 5, dtype=np.uint16)})
