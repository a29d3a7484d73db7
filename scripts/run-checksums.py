#!/usr/bin/env python3
"""Prints for each run folder a checksum of its latest checkpoint's arrays and one of its metrics, without seconds.

Two commits compute the same where both are equal. Names of columns that only one of them writes can be left out:
run-checksums.py [--without COLUMN]... RUN...
"""
import csv
import hashlib
import json
import sys


def arrays(path):
    with open(path, "rb") as file:
        data = file.read()
    length = int.from_bytes(data[:8], "little")
    for name, entry in sorted(json.loads(data[8:8 + length]).items()):
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            yield name.encode() + data[begin:end]


def metrics(path, without):
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            for name in sorted(row):
                if not name.endswith("_s") and name not in without:
                    # An empty cell and NaN both say that there is no such figure.
                    yield f"{name}={'' if row[name] == 'NaN' else row[name]};".encode()


def checksum(parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


def main(arguments):
    without = []
    while arguments[:1] == ["--without"]:
        without.append(arguments[1])
        arguments = arguments[2:]
    for run in arguments:
        run = run.rstrip("/")
        name = run.split("/")[-1]
        print(name, checksum(arrays(run + "/checkpoints/latest.safetensors")), checksum(metrics(run + "/metrics.csv", without)))


if __name__ == "__main__":
    main(sys.argv[1:])
