"""What datatrove does with the documents of a file: python datatrove_filters.py (filters | minhash) FILE"""

import sys
import tempfile
from pathlib import Path

from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
from datatrove.pipeline.filters import GopherQualityFilter, GopherRepetitionFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.logging import logger

logger.remove()
what, name = sys.argv[1], Path(sys.argv[2])
documents = JsonlReader(str(name.parent), glob_pattern=name.name)()
if what == "filters":
    # Each document is asked by both, as by a measure: a pipeline would not show the second what the first drops.
    quality, repetition = GopherQualityFilter(), GopherRepetitionFilter()
    for document in documents:
        quality.filter(document)
        repetition.filter(document)
else:
    with tempfile.TemporaryDirectory() as folder:
        # The bands of FineWeb, which are those of `duplicates` too.
        config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
        MinhashDedupSignature(folder, config=config).run(documents, 0, 1)
