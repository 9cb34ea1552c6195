"""CAP messages a second of a Python parser: cap_peer.py PACKAGE LIST FILE..., with the package on PYTHONPATH.

The names of the files that it reads are written to LIST."""

import sys
import time

from capparselib.parsers import CAPParser

package, listing, *paths = sys.argv[1:]
readable = {}
for path in paths:
    try:
        text = open(path, encoding="utf-8").read()
        CAPParser(text).as_dict()
        readable[path] = text
    except Exception as refusal:  # whatever it raises: what it does not read is not compared
        print(f"{package} does not read {path}: {type(refusal).__name__}", file=sys.stderr)
open(listing, "w").write("".join(path + "\n" for path in readable))
count, start = 0, time.process_time()
while time.process_time() - start < 3:
    for text in readable.values():
        CAPParser(text).as_dict()
        count += 1
print(f"{count / (time.process_time() - start):.0f} messages a second of CPU: {package}, {len(readable)} of {len(paths)} files")
