"""A Lightning Trainer with a tiny model: `lightning_script.py FOLDER PACKAGE KILL`. Kills itself in the step KILL, or goes on."""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import Any

import torch

import tributary

FOLDER, PACKAGE, KILL = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
lightning = import_module(PACKAGE)


class Model(lightning.LightningModule):
    def __init__(self, width: int = 4) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.layer = torch.nn.Linear(width, 1)

    def training_step(self, batch: Any, at: int) -> Any:
        amounts = batch.pop("__tributary__")
        self.logger.experiment.batch(self.global_step, amounts)
        with (FOLDER / "learned.ndjson").open("a") as file:
            file.write(json.dumps([self.global_step, batch["index"].tolist()]) + "\n")
        if self.global_step == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        loss = self.layer(batch["x"]).pow(2).mean()
        self.log("loss", loss)
        return loss

    def validation_step(self, batch: Any, at: int) -> None:
        self.log("validation/loss", self.layer(batch["x"]).pow(2).mean())

    def test_step(self, batch: Any, at: int) -> None:
        self.log("test/loss", self.layer(batch["x"]).pow(2).mean())

    def configure_optimizers(self) -> Any:
        return torch.optim.SGD(self.parameters(), lr=0.01)


def main() -> None:
    items = [{"x": torch.ones(4) * at / 100, "index": at, "domain": ("code", "math")[at % 2]} for at in range(50)]
    for item in items:
        item["text"] = "not for the model"

    def given(found: list[Any]) -> Any:
        return {"x": torch.stack([one["x"] for one in found]), "index": torch.tensor([one["index"] for one in found])}

    data = tributary.wrap(items, slice=itemgetter("domain"), tokens=4)
    loader = torch.utils.data.DataLoader(data, batch_size=2, shuffle=True, num_workers=1, collate_fn=tributary.collate(given))
    plain = torch.utils.data.DataLoader(items[:4], batch_size=2, collate_fn=given)
    last = FOLDER / "last.ckpt"
    goes_on = last.exists()
    logger = tributary.integrations.lightning.Logger("lightning-run", experiment="e", resumed_from=9 if goes_on else None)
    saving = lightning.callbacks.ModelCheckpoint(dirpath=FOLDER, every_n_train_steps=5, save_last=True, save_top_k=1)
    trainer = lightning.Trainer(logger=logger, max_epochs=2, accelerator="cpu", accumulate_grad_batches=3, log_every_n_steps=1,
                                val_check_interval=9, callbacks=[saving, lightning.callbacks.LearningRateMonitor()],
                                enable_progress_bar=False, enable_model_summary=False, default_root_dir=FOLDER)
    model = Model()
    trainer.fit(model, loader, plain, ckpt_path=str(last) if goes_on else None)
    trainer.test(model, plain)
    print(logger.experiment.status())


if __name__ == "__main__":
    main()
