"""Trains a tiny GPT-2 and keeps the trainer's states. See RECIPE.md."""

import torch
from torch.utils.data import Dataset
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainerCallback, TrainingArguments, set_seed

set_seed(1)


class Tokens(Dataset):
    def __len__(self):
        return 40

    def __getitem__(self, index):
        ids = torch.tensor([(index * 7 + place * 3) % 32 for place in range(16)])
        return {"input_ids": ids, "labels": ids}


class Spoil(TrainerCallback):
    """Step 12 gets a loss that is no number, as an overflow makes it."""

    def on_step_begin(self, args, state, control, model=None, **kwargs):
        model.spoil = state.global_step == 11


class Model(GPT2LMHeadModel):
    spoil = False

    def forward(self, input_ids=None, labels=None, **kwargs):
        out = super().forward(input_ids=input_ids, labels=labels, **kwargs)
        if self.training and self.spoil:
            out.loss = out.loss + float("nan")
        return out


args = TrainingArguments(
    output_dir="tiny-gpt2",
    max_steps=20,
    per_device_train_batch_size=2,
    logging_steps=2,
    eval_strategy="steps",
    eval_steps=10,
    save_steps=10,
    report_to=[],
    seed=42,
    data_seed=7,
    use_cpu=True,
    logging_nan_inf_filter=False,
    include_num_input_tokens_seen="all",
)
model = Model(GPT2Config(vocab_size=32, n_positions=16, n_embd=16, n_layer=1, n_head=2))
trainer = Trainer(model=model, args=args, train_dataset=Tokens(), eval_dataset=Tokens(), callbacks=[Spoil()])
trainer.train()
trainer.predict(Tokens())
trainer.save_state()
