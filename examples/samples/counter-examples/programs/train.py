"""
sources:
  - source_name: web
    target_ratio: 0.6
"""
for step in range(3):
    # iter 0: loss 10.9382, time 1234.56ms, mfu -100.00%
    # iter 1: loss 10.4127, time 456.78ms, mfu 1.25%
    print(f"iter {step}: loss {10.0 - step:.4f}, time {1.0:.2f}ms, mfu {1.25:.2f}%")
