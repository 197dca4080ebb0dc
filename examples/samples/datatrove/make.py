import json, os, random, shutil, sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.filters import LambdaFilter, GopherQualityFilter
from datatrove.pipeline.writers import JsonlWriter
from datatrove.pipeline.stats import DocStats
from datatrove.pipeline.dedup import MinhashDedupSignature, MinhashDedupBuckets, MinhashDedupCluster
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.tokens import DocumentTokenizer
from tokenizers import Tokenizer, models, pre_tokenizers

WORDS = "the of and to a in is that for it as was with be by on not he his but are this have from or one had word".split()

def documents():
    rng = random.Random(7)
    os.makedirs("in", exist_ok=True)
    for part in range(2):
        with open(f"in/{part:05d}.jsonl", "w") as f:
            kept = None
            for i in range(12):
                host = ["example.org", "example.com", "docs.example.net"][i % 3]
                size = 60 if i % 4 else 8
                text = " ".join(rng.choice(WORDS) for _ in range(size)) + "."
                if i == 1: kept = text
                if i == 7: text = kept
                row = {"text": text, "id": f"{part}-{i}", "url": f"https://{host}/{part}/{i}", "lang": "en" if i % 6 else "xx"}
                f.write(json.dumps(row) + "\n")

def main():
    documents()
    vocabulary = {word: i for i, word in enumerate(["<unk>", "<eos>", "."] + WORDS)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(["<eos>"])
    tokenizer.save("tokenizer.json")
    run = dict(randomize_start_duration=0, workers=1)
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader("in", default_metadata={"dataset": "mini"}),
            LambdaFilter(lambda doc: doc.metadata["lang"] == "en" or (False, "not_english")),
            GopherQualityFilter(min_doc_words=20, min_avg_word_length=1, max_avg_word_length=20,
                                exclusion_writer=JsonlWriter("excluded", compression=None)),
            DocStats("docstats", groups_to_compute=["summary", "fqdn", "histogram"]),
            JsonlWriter("out", compression=None),
        ], logging_dir="logs/filter", tasks=2, **run).run()
    config = MinhashConfig(n_grams=3, num_buckets=4, hashes_per_bucket=4)
    LocalPipelineExecutor(pipeline=[JsonlReader("out"), MinhashDedupSignature("signatures", config=config)],
                          logging_dir="logs/minhash1", tasks=2, **run).run()
    LocalPipelineExecutor(pipeline=[MinhashDedupBuckets("signatures", "buckets", config=config)],
                          logging_dir="logs/minhash2", tasks=4, **run).run()
    LocalPipelineExecutor(pipeline=[MinhashDedupCluster("buckets", "remove", config=config, save_cluster_id=True, save_cluster_size=True)],
                          logging_dir="logs/minhash3", tasks=1, **run).run()
    LocalPipelineExecutor(pipeline=[JsonlReader("out"), DocumentTokenizer("tokens", local_working_dir=None, tokenizer_name_or_path="tokenizer.json", eos_token="<eos>", shuffle_documents=False, save_filename="mini")],
                          logging_dir="logs/tokens", tasks=1, **run).run()

if __name__ == "__main__":
    main()
