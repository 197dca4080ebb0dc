"""Secrets of a configuration."""

import io
import json
import os
import tempfile
import unittest
from contextlib import redirect_stderr
from pathlib import Path

import tributary
from tributary.redact import REDACTED, without_secrets

SECRETS = {
    "api_key": "hunter22xyz", "wandb_api_key": "hunter22xyz", "AWS_SECRET_ACCESS_KEY": "hunter22xyz", "db-password": "hunter22xyz",
    "hub_token": "hunter22xyz", "token": "hunter22xyz", "passphrase": 20261202, "credentials": {"user": "hunter22xyz"},
    "endpoint": "hf_" + "a" * 34, "proxy": "http://me:hunter22xyz@proxy.example/", "deepspeed": "{'wandb': {'api_key': 'hunter22xyz'}}",
    "args": ["--lr", "1", "--api-key", "hunter22xyz"], "command": "train --password hunter22xyz --lr 1",
    "pair": {"name": "API_KEY", "value": "hunter22xyz"}, "list": [{"client_secret": "hunter22xyz"}],
}
PLAIN = {
    "eos_token": "</s>", "pad_token_id": 0, "max_tokens": 4096, "tokenizer_class": "Llama", "hub_token": None, "use_auth_token": True,
    "key_value_proj_dim": 64, "keys": ["a"], "output_dir": "s3://bucket/run", "note": "see https://example.org/a:b", "learning_rate": 3e-4,
    "args": ["--tokenizer", "llama", "--lr", "1"], "command": "train --eos-token x", "pair": {"name": "lr", "value": 1}, "value": 2,
}


class WithoutSecrets(unittest.TestCase):
    def test_no_secret_is_left_whatever_tells_it(self):
        for name, value in SECRETS.items():
            with self.subTest(name):
                text = json.dumps(without_secrets({name: value}))
                self.assertIn(REDACTED, text)
                for secret in ("hunter22xyz", "20261202", "a" * 34):
                    self.assertNotIn(secret, text)

    def test_what_is_none_stays_as_it_was(self):
        self.assertEqual(without_secrets(PLAIN), PLAIN)

    def test_a_run_says_that_its_configuration_was_redacted(self):
        for config, redacted in ((SECRETS, True), (PLAIN, False)):
            with self.subTest(redacted), tempfile.TemporaryDirectory() as folder, redirect_stderr(io.StringIO()):
                variables = {**os.environ, "TRIBUTARY_SPOOL": folder, "TRIBUTARY_MODE": "spool"}
                tributary.run("r", model="m", config=config, environment=variables).close()
                kept = "".join(path.read_text("utf-8", "replace") for path in Path(folder).rglob("*") if path.is_file())
                self.assertEqual('"redacted":true' in kept.replace(" ", ""), redacted)
                self.assertNotIn("hunter22xyz", kept)


if __name__ == "__main__":
    unittest.main()
