"""Records a second of a Python decoder: asterix_peer.py PACKAGE FILE, with the package on PYTHONPATH."""

import sys
import time

sys.setrecursionlimit(1_000_000)  # libasterix goes one deeper with each block

package, path = sys.argv[1:]
data = open(path, "rb").read()


def asterix_decoder() -> int:
    import asterix

    return len(asterix.parse(data))


def libasterix() -> int:
    import asterix.base as base
    import asterix.generated as generated

    editions = {48: generated.Cat_048_1_32, 34: generated.Cat_034_1_29, 62: generated.Cat_062_1_21,
                63: generated.Cat_063_1_6, 65: generated.Cat_065_1_5}
    blocks = base.RawDatablock.parse(base.Bits.from_bytes(data))
    if isinstance(blocks, ValueError):
        raise blocks
    count = 0
    for block in blocks:
        records = editions[block.get_category()].cv_uap.parse(block.get_raw_records())
        if isinstance(records, ValueError):
            raise records
        count += len(records)
    return count


decode = {"asterix-decoder": asterix_decoder, "libasterix": libasterix}[package.split("==")[0]]
count, start = 0, time.process_time()
while time.process_time() - start < 2:
    count += decode()
rate = count / (time.process_time() - start)
print(f"{rate:.0f} records a second of CPU: {package}")
