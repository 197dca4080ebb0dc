"""
Records what a training run consumes, learns and saves.

    import tributary

    with tributary.run("olmo-1b/anneal-3", model="olmo-1b", config=config, seeds={"init": 7}) as run:
        for step, batch in enumerate(loader, start=1):
            loss = train(batch)
            run.log({"loss": loss, "learningRate": rate}, step=step, tokens=batch.tokens)
            run.batch(step, {"code": batch.code_tokens, "math/structured": batch.math_tokens})
            if step % 1000 == 0:
                run.checkpoint(step, uri=save(step))
"""

from . import integrations
from .begin import run
from .run import Run, Status
from .settings import SettingsError
from .wrapping import collate, wrap

__all__ = ["Run", "SettingsError", "Status", "collate", "integrations", "run", "wrap"]
__version__ = "0.1.0"
