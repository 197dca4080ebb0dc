"""Writes where each document of the web corpus was read, in the layout of the sidecar of swiss-ai/Megatron-LM (#130)."""
import pyarrow, pyarrow.parquet
rows = [(f"web/part-{document // 12:05}.parquet", (document * 7) % 12) for document in range(30)]
table = pyarrow.table({
    "parquet_path": [path for path, _ in rows],
    "parquet_row": pyarrow.array([row for _, row in rows], pyarrow.int64()),
})
pyarrow.parquet.write_table(table, "web_text_document.meta.parquet", row_group_size=8)
