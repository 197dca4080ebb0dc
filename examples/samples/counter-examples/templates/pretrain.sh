#!/bin/sh
torchrun pretrain_gpt.py --data-path 0.5 /path/to/web_text_document 0.5 /path/to/code_text_document --seq-length 1024 --split 949,50,1
