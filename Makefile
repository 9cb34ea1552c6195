# Two commands: `make demo` runs the main job, `make test` passes the tests.
.PHONY: demo test needs

demo: needs
	swift build -c release --product tocsin
	.build/release/tocsin replay 2023-05-14

test: needs
	swift build -c release --build-tests
	swift test -c release --skip-build

# What a fresh Debian machine with Swift lacks.
needs:
	@test -e /usr/include/sqlite3.h || (apt-get update -qq && apt-get install -y -qq libsqlite3-dev)
