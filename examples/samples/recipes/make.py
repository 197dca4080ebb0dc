"""Writes the samples that are text, and counts.json. Python 3.11 or later, without packages."""

from consoles import all_consoles
from corpora import all_corpora
from genuine import all_genuine
from histories import all_histories
from mixtures import all_mixtures
from sample import write_counts

all_consoles()
all_histories()
all_mixtures()
all_corpora()
all_genuine()
write_counts()
