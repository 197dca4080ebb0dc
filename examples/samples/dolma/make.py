import gzip
import json
import os
import random

from tokenizers import Tokenizer, models, pre_tokenizers

rng = random.Random(3)
os.makedirs("/data/mini/dolma/documents", exist_ok=True)
WORDS = "the of and to a in is that for it".split()
for name, source, n in (("a", "web", 8), ("b", "code", 5)):
    with gzip.open(f"/data/mini/dolma/documents/{name}.jsonl.gz", "wt") as f:
        for i in range(n):
            f.write(json.dumps({"id": f"{name}-{i}", "text": " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 30))), "source": source}) + "\n")

vocabulary = {word: place for place, word in enumerate(["<unk>", "<eos>", "."] + WORDS)}
for place in range(len(vocabulary), 300):
    vocabulary[f"w{place}"] = place
tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
tokenizer.add_special_tokens(["<eos>"])
tokenizer.save("/data/mini/dolma/tokenizer.json")
