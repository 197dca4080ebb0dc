#!/bin/sh
# step,loss
# 1,2.5
# 2,2.25
lm_eval --model hf --model_args pretrained=tiny/model --tasks lambada,copa --output_path out
