"""For the Trainer of Hugging Face's transformers."""

try:
    from .callback import Callback
except ModuleNotFoundError as error:
    if error.name != "transformers":
        raise
    raise ImportError("tributary.integrations.hf needs transformers: pip install transformers") from error

__all__ = ["Callback"]
