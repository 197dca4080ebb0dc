import json, os, random
import torch
from megatron.core.datasets.indexed_dataset import DType, IndexedDatasetBuilder
from megatron.core.datasets.blended_megatron_dataset_builder import BlendedMegatronDatasetBuilder
from megatron.core.datasets.gpt_dataset import GPTDataset, GPTDatasetConfig
import numpy
OUT = "/data/mini/megatron"
os.makedirs(f"{OUT}/cache", exist_ok=True)
rng = random.Random(11)
first = 0
for name, documents in (("web", 30), ("code", 12)):
    prefix = f"{OUT}/{name}_text_document"
    builder = IndexedDatasetBuilder(f"{prefix}.bin", dtype=numpy.uint16)
    for _ in range(documents):
        length = rng.randint(5, 40)
        builder.add_document(torch.arange(first, first + length, dtype=torch.int32), [length])
        first += length
    builder.finalize(f"{prefix}.idx")
# one that holds images beside text
builder = IndexedDatasetBuilder(f"{OUT}/images_document.bin", dtype=numpy.int32, multimodal=True)
for _ in range(4):
    builder.add_document(torch.arange(0, 10, dtype=torch.int32), [6, 4], [0, 1])
builder.finalize(f"{OUT}/images_document.idx")

class Tokenizer:
    def __init__(self): self.unique_identifiers = {"class": "NullTokenizer", "tokenizer_path": [], "vocab_size": "4096"}
    vocab_size = 4096; eod = 4095; pad = 4094
torch.distributed.init_process_group("gloo", init_method="tcp://127.0.0.1:29611", rank=0, world_size=1)
config = GPTDatasetConfig(
    random_seed=1234, sequence_length=16,
    blend=([f"{OUT}/web_text_document", f"{OUT}/code_text_document"], [70.0, 30.0]),
    split="90,10,0", path_to_cache=f"{OUT}/cache", tokenizer=Tokenizer(),
    reset_position_ids=False, reset_attention_mask=False, eod_mask_loss=False, create_attention_mask=False,
    mid_level_dataset_surplus=0.005, 
)
train, valid, test = BlendedMegatronDatasetBuilder(GPTDataset, [80, 8, 0], lambda: True, config).build()
expected = []
for k in range(80):
    item = train[k]
    expected.append({"sample": k, "dataset": int(item["dataset_id"]), "tokens": item["tokens"].tolist() + [int(item["labels"][-1])]})
json.dump(expected, open(f"{OUT}/expected.json", "w"))
open(f"{OUT}/args.yaml", "w").write("""MODEL_ARGS:
  --data-path: 70 %s/web_text_document 30 %s/code_text_document
  --split: 90,10,0
  --data-cache-path: %s/cache
  --seq-length: 16
  --global-batch-size: 8
  --train-iters: 10
""" % (OUT, OUT, OUT))
print(len(train), type(train))
