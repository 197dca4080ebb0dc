#!/bin/sh
torchrun pretrain_gpt.py --valid-data-path 0.5 /data/web_valid_text_document 0.5 /data/code_valid_text_document --seq-length 1024
