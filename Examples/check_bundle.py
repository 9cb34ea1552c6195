#!/usr/bin/env python3
"""Checks a bundle of Tocsin's record offline, without Tocsin: python3 check_bundle.py FILE --key PUBLIC.

Needs Python and the package 'cryptography'. PUBLIC is the Base64 that the service's people publish; a key that stands
in the bundle alone proves nothing about who made it.
"""

import argparse
import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("file")
    words.add_argument("--key", required=True, help="the public key that you know, in Base64")
    given = words.parse_args()
    with open(given.file, encoding="utf-8") as file:
        bundle = json.load(file)
    content = bundle["content"].encode()
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(given.key)).verify(
            base64.b64decode(bundle["signature"]), content)
    except (InvalidSignature, ValueError):
        print("NOT VALID: this was not signed with that key, or it was changed.")
        return 1
    read = json.loads(content)
    # Each statement's digest is that of its JSON with sorted keys and no spaces, as it stands in the bundle.
    for recorded in read["record"]["statements"]:
        exact = json.dumps(recorded["statement"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if hashlib.sha256(exact.encode()).hexdigest() != recorded["sha256"]:
            print(f"NOT VALID: the digest of {recorded['id']} is not its own.")
            return 1
    chain = read.get("chain")
    where = f"entry {chain['entry']}, link {chain['link']}" if chain else "no journal: a shipped scenario"
    print(f"valid: {len(read['record']['statements'])} statements of {read['record']['incident']['id']}, "
          f"as of {read['record']['asOf']}; the chain stood at {where}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
