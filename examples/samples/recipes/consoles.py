"""What trainers print, by the formats of their print statements, behind and between other lines."""

from sample import count, loss, write, write_lines

STEPS = 12


def nanogpt():
    kind = "nanogpt-console"
    lines = ["tokens per iteration will be: 16,384", "number of parameters: 0.80M"]
    for step in range(STEPS):
        if step % 5 == 0:
            lines.append(f"step {step}: train loss {loss(step):.4f}, val loss {loss(step, 1):.4f}")
            lines.append("saving checkpoint to out-tiny")
        lines.append(f"iter {step}: loss {loss(step, 2):.4f}, time {41.5 + step:.2f}ms, mfu {1.25:.2f}%")
    write_lines(kind, "train.log", lines)
    count(kind, runs=1, steps=STEPS, values=3 * STEPS + 2 * 3)


def modded_nanogpt():
    kind = "modded-nanogpt"
    lines = ["import os", "=" * 20, "Running Python 3.12", "=" * 20]
    lines.append(f"step:0/{STEPS} val_loss:{loss(0):.4f} train_time:0ms step_avg:nanms")
    for step in range(1, STEPS + 1):
        lines.append(f"step:{step}/{STEPS} train_time:{140 * step}ms step_avg:{140.25:.2f}ms")
    lines.append(f"step:{STEPS}/{STEPS} val_loss:{loss(STEPS):.4f} train_time:{140 * STEPS}ms step_avg:140.00ms")
    write_lines(kind, "8f3a.txt", lines)
    count(kind, runs=1, steps=STEPS + 1, values=2 * STEPS + 2 * 3)


def llmc():
    kind = "llmc-console"
    lines = ["| device                | NVIDIA X |", f"val loss {loss(0):.6f}"]
    for step in range(1, STEPS + 1):
        lines.append(
            f"step {step:4d}/{STEPS} | loss {loss(step):.6f} (+nanz)| norm {1.5:.4f} (+nanz)| lr {6e-4:.2e} | "
            f"{301.25:.2f} ms | {45.3:.1f}% bf16 MFU | {170000:.0f} tok/s"
        )
    lines.append(f"val loss {loss(STEPS):.6f}")
    write_lines(kind, "train.out", lines)
    # The first validation stands before any step, so it is a point without one.
    count(kind, runs=1, steps=STEPS, values=6 * STEPS + 1, points=1)

    kind = "llmc-log"
    lines = []
    for step in range(STEPS):
        if step % 4 == 0:
            lines += [f"s:{step} tel:{loss(step, 1):.4f}", f"s:{step} eval:{0.25:.4f}"]
        lines.append(f"s:{step} trl:{loss(step):.4f} lr:{6e-4:.6f} norm:{1.5:.2f}")
    write_lines(kind, "main.log", lines)
    count(kind, runs=1, steps=STEPS, values=3 * STEPS + 2 * 3)


def hf():
    kind = "hf-console"
    text = "Some weights of GPT2LMHeadModel were newly initialized\n"
    for at in range(1, 4):
        bar = f"\r {at * 30}%|###       | {at}/3 [00:0{at}<00:09,  1.0s/it]"
        text += f"{bar}{{'loss': {loss(at):.4f}, 'grad_norm': 1.25, 'learning_rate': 5e-05, 'epoch': {at / 3:.2f}}}\n"
    text += f"{{'eval_loss': {loss(3, 1):.4f}, 'eval_runtime': 0.5, 'epoch': 1.0}}\n"
    text += "{'train_runtime': 3.25, 'train_loss': 5.5, 'epoch': 1.0}\n"
    write(kind, "slurm-1.out", text)
    count(kind, runs=1, points=3 * 4 + 3 + 3)


def litgpt():
    kind = "litgpt-console"
    lines = ["Seed set to 42", "Total parameters: 14,067,712"]
    for step in range(STEPS):
        lines.append(
            f"Epoch 1 | iter {step} step {step // 2} | loss train: {loss(step):.3f}, val: n/a | "
            f"iter time: {94.35:.2f} ms{' (step)' if step % 2 else ''} remaining time: 0:00:10"
        )
    lines.append(f"iter {STEPS - 1}: val loss {loss(STEPS, 1):.4f}, val time: {12.5:.2f} ms")
    write_lines(kind, "litgpt.log", lines)
    count(kind, runs=1, steps=STEPS, values=4 * STEPS + 2)


def lingua():
    kind = "lingua-console"
    lines = ["0: INFO    26-11-24 18:47:01.000000 - 0:00:00 - root - Starting job"]
    for step in range(1, STEPS + 1):
        for rank in range(2):
            lines.append(
                f"{rank}: INFO    26-11-24 18:47:{step:02d}.013589 - 0:00:{step:02d} - train - step: {step}  acc: 0  "
                f"loss: {loss(step, rank):7.4f}  grad: {1.06:.2e}  flops: {4.25e12:.2e}  wps: {395:.2e}  "
                f"iter: {8.4191:7.4f}  data: {0.0123:7.4f}  lr: {3e-4:.2e}  mem: 51%  pow: {92.494} W"
            )
    write_lines(kind, "stdout.log", lines)
    count(kind, runs=1, steps=STEPS, values=9 * STEPS)


def olmo():
    kind = "olmo-console"
    lines = ["[2026-11-24 09:42:00] INFO     [olmo.train:200, rank=0] Configuration:", "    d_model=64"]
    for step in range(1, STEPS + 1):
        lines += [
            f"[2026-11-24 09:42:{step:02d}] INFO     [olmo.train:816, rank=0] [step={step}/{STEPS},epoch=0]",
            f"    train/CrossEntropyLoss={loss(step):.4f}",
            f"    throughput/total_tokens={step * 4096:,d}",
            f"[2026-11-24 09:42:{step:02d}] INFO     [olmo.train:816, rank=1] [step={step}/{STEPS},epoch=0]",
        ]
    write_lines(kind, "olmo.log", lines)
    count(kind, runs=1, steps=STEPS, values=2 * STEPS)


def torchtitan():
    kind = "torchtitan"
    lines = ["[rank0]:[titan] 2026-11-24 10:00:00,1 - root - INFO - Starting job: tiny"]
    for step in range(1, STEPS + 1):
        for rank in range(2):
            lines.append(
                f"[rank{rank}]:[titan] 2026-11-24 10:00:{step:02d},1 - root - INFO - \033[31mstep: {step:2d}  "
                f"\033[32mloss: {loss(step):7.4f}  \033[33mmemory:  0.93GiB(0.98%)  "
                f"\033[34mtps: {1234:,}  \033[36mmfu: 0.10%\033[39m"
            )
    write_lines(kind, "titan.log", lines)
    count(kind, runs=1, steps=STEPS, values=4 * STEPS)


def all_consoles():
    for console in (nanogpt, modded_nanogpt, llmc, hf, litgpt, lingua, olmo, torchtitan):
        console()
