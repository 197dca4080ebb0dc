"""Writes event files of TensorBoard without TensorFlow. See RECIPE.md."""

import sys
import time

import numpy as np
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboardX import SummaryWriter

root = sys.argv[1]

# One run: a first process, then one that starts again at step 6.
writer = SummaryWriter(f"{root}/restarted", filename_suffix=".first")
for step in range(10):
    writer.add_scalar("lm loss", 5 - step / 8, step)
    writer.add_scalar("learning-rate", 1e-3, step)
    writer.add_scalar("lm loss vs samples", 5 - step / 8, step * 128)
writer.add_scalar("lm loss", float("nan"), 10)
writer.add_scalar("lm loss validation", 4.5, 8)
writer.close()
time.sleep(1.1)
writer = SummaryWriter(f"{root}/restarted", purge_step=6, filename_suffix=".second")
for step in range(6, 12):
    writer.add_scalar("lm loss", 4 - step / 16, step)
writer.close()

writer = SummaryWriter(f"{root}/hparams")
hparams = {"lr": 0.5, "layers": 2, "name": "tiny", "amp": True}
writer.add_hparams(hparams, {"loss": 1.5}, name="trial", global_step=3)
writer.close()

# Rank-0 tensors of every number type: in the field of the type, and as bytes.
T = types_pb2
KINDS = {
    "float": (T.DT_FLOAT, {"float_val": [1.5]}, np.float32(1.5).tobytes()),
    "double": (T.DT_DOUBLE, {"double_val": [0.1]}, np.float64(0.1).tobytes()),
    "half": (T.DT_HALF, {"half_val": [0x3E00]}, np.float16(1.5).tobytes()),
    "bfloat16": (T.DT_BFLOAT16, {"half_val": [0x3FC0]}, b"\xc0\x3f"),
    "int8": (T.DT_INT8, {"int_val": [-7]}, np.int8(-7).tobytes()),
    "int16": (T.DT_INT16, {"int_val": [-300]}, np.int16(-300).tobytes()),
    "int32": (T.DT_INT32, {"int_val": [-70000]}, np.int32(-70000).tobytes()),
    "int64": (T.DT_INT64, {"int64_val": [-(2**40)]}, np.int64(-(2**40)).tobytes()),
    "uint8": (T.DT_UINT8, {"int_val": [200]}, np.uint8(200).tobytes()),
    "uint16": (T.DT_UINT16, {"int_val": [60000]}, np.uint16(60000).tobytes()),
    "uint32": (T.DT_UINT32, {"uint32_val": [4000000000]}, np.uint32(4000000000).tobytes()),
    "uint64": (T.DT_UINT64, {"uint64_val": [2**50]}, np.uint64(2**50).tobytes()),
    "bool": (T.DT_BOOL, {"bool_val": [True]}, b"\x01"),
}


def tensor(dtype, **value):
    return tensor_pb2.TensorProto(dtype=dtype, tensor_shape=tensor_shape_pb2.TensorShapeProto(), **value)


def event(tag, value, plugin="scalars"):
    content = summary_pb2.SummaryMetadata.PluginData(plugin_name=plugin)
    metadata = summary_pb2.SummaryMetadata(plugin_data=content)
    item = summary_pb2.Summary.Value(tag=tag, tensor=value, metadata=metadata)
    return event_pb2.Event(wall_time=1764000000.25, step=1, summary=summary_pb2.Summary(value=[item]))


writer = EventFileWriter(f"{root}/tensors")
for tag, (dtype, typed, content) in KINDS.items():
    writer.add_event(event(tag, tensor(dtype, **typed)))
    writer.add_event(event(f"content {tag}", tensor(dtype, tensor_content=content)))
writer.add_event(event("zero float", tensor(T.DT_FLOAT)))
dim = tensor_shape_pb2.TensorShapeProto.Dim(size=2)
shape = tensor_shape_pb2.TensorShapeProto(dim=[dim])
vector = tensor_pb2.TensorProto(dtype=T.DT_FLOAT, float_val=[1, 2], tensor_shape=shape)
writer.add_event(event("vector", vector, plugin=""))
saved = event_pb2.SessionLog(status=event_pb2.SessionLog.CHECKPOINT, checkpoint_path="model.ckpt-2")
writer.add_event(event_pb2.Event(wall_time=1764000001, step=2, session_log=saved))
writer.close()
