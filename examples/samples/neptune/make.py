"""Writes Parquet parts as neptune-exporter lays them out. See RECIPE.md."""

import datetime
import decimal
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

UTC = datetime.timezone.utc
START = datetime.datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)

SCHEMA = pa.schema(
    [
        ("project_id", pa.string()),
        ("run_id", pa.string()),
        ("attribute_path", pa.string()),
        ("attribute_type", pa.string()),
        ("step", pa.decimal128(18, 6)),
        ("timestamp", pa.timestamp("ms", tz="UTC")),
        ("int_value", pa.int64()),
        ("float_value", pa.float64()),
        ("string_value", pa.string()),
        ("bool_value", pa.bool_()),
        ("datetime_value", pa.timestamp("ms", tz="UTC")),
        ("string_set_value", pa.list_(pa.string())),
        ("file_value", pa.struct([("path", pa.string())])),
        (
            "histogram_value",
            pa.struct(
                [("type", pa.string()), ("edges", pa.list_(pa.float64())), ("values", pa.list_(pa.float64()))]
            ),
        ),
    ]
)


def row(run, path, kind, step=None, **value):
    cells = {name: None for name in SCHEMA.names}
    cells.update(project_id="team/tiny", run_id=run, attribute_path=path, attribute_type=kind, **value)
    if step is not None:
        cells["step"] = decimal.Decimal(step)
        cells["timestamp"] = START + datetime.timedelta(seconds=float(step))
    return cells


def attributes(run):
    return [
        row(run, "sys/name", "string", string_value=f"name of {run}"),
        row(run, "sys/owner", "string", string_value="someone"),
        row(run, "sys/hostname", "string", string_value="node-1"),
        row(run, "sys/creation_time", "datetime", datetime_value=START),
        row(run, "sys/tags", "string_set", string_set_value=["a", "b"]),
        row(run, "parameters/seed", "int", int_value=42),
        row(run, "parameters/lr", "float", float_value=0.0003),
        row(run, "parameters/amp", "bool", bool_value=True),
        row(run, "model/weights", "file", file_value={"path": "model/weights.bin"}),
    ]


def series(run, first, last):
    rows = [row(run, "train/loss", "float_series", str(step), float_value=5 - step / 8) for step in range(first, last)]
    return rows


root = pathlib.Path(sys.argv[1]) / "team_tiny"
root.mkdir(parents=True, exist_ok=True)
parts = {
    "TINY-1_part_0": attributes("TINY-1") + series("TINY-1", 0, 6),
    "TINY-1_part_1": series("TINY-1", 6, 8)
    + [row("TINY-1", "train/loss", "float_series", "8", float_value=float("nan"))]
    + [row("TINY-1", "eval/loss", "float_series", step, float_value=4.5) for step in ("0.5", "1.25", "-1")]
    + [row("TINY-1", "log", "string_series", "1", string_value="a line")]
    + [
        row(
            "TINY-1",
            "weights",
            "histogram_series",
            "1",
            histogram_value={"type": "COUNTING", "edges": [0.0, 1.0], "values": [3.0]},
        )
    ],
    "TINY-2_part_0": attributes("TINY-2")
    + [row("TINY-2", "sys/failed", "bool", bool_value=True)]
    + series("TINY-2", 0, 3),
}
for name, rows in parts.items():
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(table, root / f"{name}.parquet", compression="snappy")
