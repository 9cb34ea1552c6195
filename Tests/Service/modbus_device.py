"""A relay board on pymodbus: modbus_device.py PORT [--watchdog S] [--stuck] [--coils N].

Prints a JSON line for each change of a coil. Coil 8 is its watchdog: with --watchdog, relays 0 to 7 go off when it
was not written for so long. --stuck: it confirms every write and switches nothing.
"""

import argparse
import asyncio
import json
import time

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

WATCHDOG = 8


class Board:
    def __init__(self, options):
        self.options = options
        self.coils = None  # The server's own list of bits, once it has shown it.
        self.on = [False] * options.coils
        self.fed = time.monotonic()

    async def act(self, function, start, address, count, registers, values):
        self.coils = registers
        if values is None:
            if self.options.stuck and function == 1:
                registers[:] = [0] * len(registers)
            return None
        for index, value in enumerate(values):
            self.note(address + index, bool(value))
        return None

    def note(self, coil, is_on, by="write"):
        if coil == WATCHDOG:
            self.fed = time.monotonic()
        elif self.on[coil] != is_on:
            self.on[coil] = is_on
            print(json.dumps({"t": time.time(), "coil": coil, "on": is_on, "by": by}), flush=True)

    async def watch(self):
        while self.options.watchdog:
            await asyncio.sleep(0.05)
            if self.coils and time.monotonic() - self.fed > self.options.watchdog:
                self.coils[:] = [0] * len(self.coils)
                for coil in range(WATCHDOG):
                    self.note(coil, False, by="watchdog")


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--watchdog", type=float, default=0)
    parser.add_argument("--stuck", action="store_true")
    parser.add_argument("--coils", type=int, default=16)
    options = parser.parse_args()
    board = Board(options)
    block = [SimData(0, values=[False] * options.coils, datatype=DataType.BITS)]
    empty = [SimData(0, values=[0], datatype=DataType.REGISTERS)]
    bits = [SimData(0, values=[False], datatype=DataType.BITS)]
    device = SimDevice(0, simdata=(block, bits, empty, empty), action=board.act)
    server = ModbusTcpServer(device, address=("127.0.0.1", options.port))
    watching = asyncio.ensure_future(board.watch())
    await server.serve_forever(background=True)
    print(json.dumps({"listening": options.port}), flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
