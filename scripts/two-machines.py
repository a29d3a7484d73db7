#!/usr/bin/env python3
"""Runs mpirun over two network namespaces that stand for two machines, with a delay and a bandwidth between them.

two-machines.py [--delay-us D] [--mbit R] ARGUMENTS-OF-MPIRUN...

Each namespace has its own host name and address. A relay in this program carries the frames from one to the other, D microseconds late and
no faster than R megabits per second, which kernels without tc netem cannot do by themselves. Needs root, Open MPI, ip and unshare.
"""
import argparse
import collections
import fcntl
import os
import select
import struct
import subprocess
import sys
import tempfile
import threading
import time

TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
# Large frames, so that the relay has few to carry.
MTU = 60000
NETWORK = "10.78.0."


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def machine(number):
    """A namespace with one interface, and the file through which its frames pass."""
    name, device = f"machine{os.getpid()}-{number}", f"tap{number}"
    ip("netns", "add", name)
    frames = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(frames, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TAP | IFF_NO_PI))
    ip("link", "set", device, "netns", name)
    ip("-n", name, "link", "set", "lo", "up")
    ip("-n", name, "addr", "add", f"{NETWORK}{number}/24", "dev", device)
    ip("-n", name, "link", "set", device, "mtu", str(MTU), "up")
    return name, frames


def carry(one, other, delay, rate):
    """Carries frames both ways: each takes its time on the wire after the one before, and arrives a delay later."""
    target, free = {one: other, other: one}, {one: 0.0, other: 0.0}
    waiting = {one: collections.deque(), other: collections.deque()}
    while True:
        now = time.monotonic()
        dues = [frames[0][0] for frames in waiting.values() if frames]
        try:
            for source in select.select([one, other], [], [], max(0.0, min(dues) - now) if dues else None)[0]:
                frame = os.read(source, MTU + 100)
                free[source] = max(free[source], time.monotonic()) + (len(frame) / rate if rate else 0)
                waiting[source].append((free[source] + delay, frame))
            for source, frames in waiting.items():
                while frames and frames[0][0] <= time.monotonic():
                    os.write(target[source], frames.popleft()[1])
        except OSError:  # The namespaces are gone.
            return


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     allow_abbrev=False)
    parser.add_argument("--delay-us", type=float, default=0)
    parser.add_argument("--mbit", type=float, default=0, help="0 for no limit")
    given, mpirun = parser.parse_known_args()
    if not mpirun:
        sys.exit("two-machines.py: give the arguments of mpirun, such as: -n 2 hostname")
    names = []
    with tempfile.NamedTemporaryFile("w", suffix=".sh") as agent:
        try:
            frames = []
            for number in (1, 2):
                name, file = machine(number)
                names.append(name)
                frames.append(file)
            wire = (*frames, given.delay_us * 1e-6, given.mbit * 1e6 / 8)
            threading.Thread(target=carry, args=wire, daemon=True).start()
            # In the place of ssh: HOST COMMAND...
            enter = 'exec ip netns exec "$name" unshare --uts sh -c "hostname $name; $*"'
            agent.write(f'name={names[0][:-1]}${{1##*.}}; shift; {enter}\n')
            agent.flush()
            tcp = ["--mca", "oob_tcp_if_include", NETWORK + "0/24", "--mca", "btl_tcp_if_include", NETWORK + "0/24"]
            words = ["mpirun", "--host", f"{NETWORK}1:1,{NETWORK}2:1", "--mca", "plm_rsh_agent", f"sh {agent.name}",
                     "--mca", "btl", "tcp,self", "--bind-to", "none", "--mca", "mpi_yield_when_idle", "1", *tcp, *mpirun]
            allowed = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
            start = ["ip", "netns", "exec", names[0], "unshare", "--uts", "sh", "-c", f'hostname {names[0]}; exec "$@"', "sh"]
            running = subprocess.Popen([*start, *words], env={**os.environ, **allowed})
            # From now on only frames are carried here, and each should leave when it is due.
            os.nice(-15)
            return running.wait()
        finally:
            for name in names:
                subprocess.run(["ip", "netns", "del", name], check=False)


if __name__ == "__main__":
    sys.exit(main())
