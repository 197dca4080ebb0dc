"""
A Trainer with a tiny model: `trained_script.py FOLDER KIND KILL`. What the model was trained on is written by the model itself
to FOLDER/learned.ndjson, a line for each batch; what the data set was asked for, by the data set to FOLDER/read.ndjson. The
process kills itself in the step KILL; another one goes on from the last checkpoint.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from operator import itemgetter
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import IterableDataset
from transformers import BatchEncoding, GPT2Config, GPT2LMHeadModel, Trainer, TrainerCallback, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

import tributary

FOLDER, KIND, KILL = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
WIDTH = 8
# Of 51 items in batches of two, one is left over.
ITEMS = 51 if KIND == "dropped" else 50


def write(name: str, value: Any) -> None:
    with (FOLDER / name).open("a") as file:
        file.write(json.dumps(value) + "\n")


def item(index: int) -> dict[str, Any]:
    """Its first number says which item it is."""
    write("read.ndjson", index)
    ids = [index, *range(1, 3 + index % (WIDTH - 2))]
    return {"input_ids": ids, "domain": ["code", "math/plain", "web"][index % 3], "shard": f"s{index % 2}"}


class Items(torch.utils.data.Dataset):
    def __len__(self) -> int:
        return ITEMS

    def __getitem__(self, index: int) -> dict[str, Any]:
        return item(index)


class Stream(IterableDataset):
    def __iter__(self) -> Any:
        worker = torch.utils.data.get_worker_info()
        first, every = (0, 1) if worker is None else (worker.id, worker.num_workers)
        return (item(index) for index in range(first, ITEMS, every))


def padded(items: list[dict[str, Any]]) -> BatchEncoding:
    """Takes what it does not know for a fault of its caller."""
    assert all(set(one) == {"input_ids"} for one in items), items
    ids = torch.tensor([one["input_ids"] + [0] * (WIDTH - len(one["input_ids"])) for one in items])
    # As the collate functions of transformers give it.
    return BatchEncoding({"input_ids": ids, "labels": ids.clone()})


class Model(GPT2LMHeadModel):
    def forward(self, input_ids: Any = None, labels: Any = None, **more: Any) -> Any:
        assert not [name for name in more if "tributary" in name], more
        if self.training:
            write("learned.ndjson", input_ids[:, 0].tolist())
        return super().forward(input_ids=input_ids, labels=labels, **more)


class Killed(TrainerCallback):
    def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        write("learned.ndjson", {"step": state.global_step})
        if state.global_step == KILL:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    torch.manual_seed(1)
    model = Model(GPT2Config(vocab_size=64, n_positions=WIDTH, n_embd=8, n_layer=1, n_head=1, bos_token_id=1, eos_token_id=1))
    is_stream = KIND == "stream"
    args = TrainingArguments(
        output_dir=str(FOLDER / "tiny-run"), per_device_train_batch_size=2, gradient_accumulation_steps=3, logging_steps=4,
        save_steps=5, eval_strategy="steps", eval_steps=6, report_to=[], disable_tqdm=True, seed=7, data_seed=8,
        include_num_input_tokens_seen=True, dataloader_num_workers=2, use_cpu=True, save_total_limit=2,
        dataloader_drop_last=KIND == "dropped", dataloader_persistent_workers=False,
        **({"max_steps": 18} if is_stream else {"num_train_epochs": 2}))
    callback = tributary.integrations.hf.Callback(slice="code" if KIND == "slice" else None, experiment="e")
    data: Any = Stream() if is_stream else Items()
    asked = {"slice": itemgetter("domain"), "shard": itemgetter("shard")}
    trainer = Trainer(model=model, args=args, data_collator=padded, callbacks=[callback, Killed()],
                      train_dataset=data if KIND == "slice" else tributary.wrap(data, **asked),
                      eval_dataset=Items() if KIND == "slice" else tributary.wrap(Items(), **asked))
    if KIND != "slice":
        callback.attach(trainer)
    trainer.train(resume_from_checkpoint=get_last_checkpoint(args.output_dir) if Path(args.output_dir).exists() else None)
    trainer.evaluate(metric_key_prefix="eval_final")
    print(callback.run and callback.run.status())


if __name__ == "__main__":
    main()
