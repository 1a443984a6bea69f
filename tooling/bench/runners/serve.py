"""Doing one piece of work for each line of standard input, and saying how long it took."""
import json
import sys
import time


def serve(work):
    for _ in sys.stdin:
        start = time.perf_counter()
        answer = work()
        print(json.dumps({"seconds": time.perf_counter() - start, "answer": float(answer)}), flush=True)
