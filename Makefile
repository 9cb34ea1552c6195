# Two commands: `make demo` runs the main job, `make test` passes the tests.
.PHONY: demo test build-needs test-needs

demo: build-needs
	swift build -c release --product tocsin
	.build/release/tocsin replay 2023-05-14

test: test-needs
	swift build -c release --build-tests
	swift test -c release --skip-build
	.build-python/bin/python -m pytest -q Tests/Browser

# What a fresh Debian machine with Swift lacks.
build-needs:
	@test -e /usr/include/sqlite3.h || (apt-get update -qq && apt-get install -y -qq libsqlite3-dev)

test-needs: build-needs
	@test -x /usr/bin/chromium -a -d /usr/share/javascript/leaflet || \
		(apt-get update -qq && apt-get install -y -qq chromium libjs-leaflet fonts-noto-core)
	@python3 -m venv .build-python 2>/dev/null || \
		(apt-get update -qq && apt-get install -y -qq python3-venv && python3 -m venv .build-python)
	@.build-python/bin/pip install -q --disable-pip-version-check pytest playwright
