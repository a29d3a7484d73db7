#!/usr/bin/env python3
"""Prints seconds for 1,000 training episodes of MAML by learn2learn, to be compared with those of `maml bench fewshot`.

It needs learn2learn and PyTorch. The network is learn2learn's for Omniglot: conv-4 with strides. Pictures are random, which does not
change the time. Usage: scripts/learn2learn-speed.py [--queries N] [--channels N] [--repetitions N]
"""

import argparse
import statistics
import time

import torch
from learn2learn.algorithms import MAML
from learn2learn.vision.models import OmniglotCNN

TASKS, WAYS, SIDE = 32, 5, 28


def seconds_of_a_batch(maml, optimiser, queries):
    """Trains on the tasks of a batch one after the other, as learn2learn's examples do, and takes an outer step."""
    loss = torch.nn.CrossEntropyLoss()
    labels, asked = torch.arange(WAYS), torch.arange(WAYS).repeat_interleave(queries)
    tasks = [(torch.rand(WAYS, 1, SIDE, SIDE), torch.rand(WAYS * queries, 1, SIDE, SIDE)) for _ in range(TASKS)]
    start = time.perf_counter()
    optimiser.zero_grad()
    for support, query in tasks:
        learner = maml.clone()
        learner.adapt(loss(learner(support), labels))
        loss(learner(query), asked).backward()
    for parameter in maml.parameters():
        parameter.grad.div_(TASKS)
    optimiser.step()
    return time.perf_counter() - start


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--queries", type=int, default=5, help="query pictures of each class")
    arguments.add_argument("--channels", type=int, default=32, help="channels of each convolution")
    arguments.add_argument("--repetitions", type=int, default=7)
    arguments.add_argument("--threads", type=int, default=torch.get_num_threads(), help="threads within an operator")
    asked = arguments.parse_args()
    torch.set_num_threads(asked.threads)
    maml = MAML(OmniglotCNN(WAYS, hidden_size=asked.channels), lr=0.4)
    optimiser = torch.optim.Adam(maml.parameters(), 3e-3)
    seconds = [seconds_of_a_batch(maml, optimiser, asked.queries) for _ in range(asked.repetitions + 1)][1:]
    thousand = 1000 / TASKS * statistics.median(seconds)
    print(f"torch {torch.__version__}, {asked.threads} threads: {thousand:.2f} s for 1,000 training episodes")


if __name__ == "__main__":
    main()
