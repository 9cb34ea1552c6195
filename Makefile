# Two commands: `make demo` runs the main job (ONCE=1: ends after the scenario), `make test` passes the tests.
.PHONY: demo test fuzz deb test-deb build-needs test-needs mqtt-needs deb-needs

TOCSIN = .build/release/tocsin
# The demo's own data; it begins anew each time.
demo: export TOCSIN_HOME = .build/demo
demo: build-needs
	swift build -c release --product tocsin
	@rm -rf $$TOCSIN_HOME
	@echo "The demo's operator key, for /situation: $$($(TOCSIN) keys add demo --role operator)"
ifdef ONCE
	$(TOCSIN) run --scenario 2023-05-14 --speed 20 --wait 0.2 --once \
		--expect ashkelon-southern-industrial-zone netiv-haasara zikim
else
	$(TOCSIN) run --scenario 2023-05-14
endif

test: test-needs
	swift build -c release --traits MQTT --build-tests
	swift test -c release --traits MQTT --skip-build
	for suite in Docs Service Clients Browser; do .build-python/bin/python -m pytest -q Tests/$$suite || exit 1; done

# Every decoder is given made-up inputs, each for SECONDS.
SECONDS ?= 30
fuzz:
	Fuzz/fuzz $(SECONDS)

# The Debian package, in .build/deb.
deb: build-needs mqtt-needs deb-needs
	debian/rules binary

# The package's whole life in a small Debian of its own; needs root.
test-deb: deb test-needs
	.build-python/bin/python -m pytest -q -rs Tests/Package

# What a fresh Debian machine with Swift lacks.
build-needs:
	@test -e /usr/include/sqlite3.h -a -d /usr/share/javascript/leaflet \
		-a -e /usr/include/xmlsec1/xmlsec/xmlsec.h || \
		(apt-get update -qq && apt-get install -y -qq libsqlite3-dev libjs-leaflet libxmlsec1-dev)

test-needs: build-needs mqtt-needs
	@test -x /usr/sbin/mosquitto || (apt-get update -qq && apt-get install -y -qq mosquitto)
	@test -x /usr/bin/chromium || \
		(apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core)
	@test -x /usr/bin/xmllint -a -x /usr/bin/xmlsec1 -a -x /usr/bin/jing || \
		(apt-get update -qq && apt-get install -y -qq libxml2-utils xmlsec1 jing)
	@python3 -m venv .build-python 2>/dev/null || \
		(apt-get update -qq && apt-get install -y -qq python3-venv && python3 -m venv .build-python)
	@.build-python/bin/pip install -q --disable-pip-version-check pytest playwright \
		cryptography tzevaadom==1.1 oref==0.2.0 pikudhaoref.py==0.0.8 alarmpy==1.5.4 \
		alerts-in-ua==0.4.0 uasiren==0.0.1 pymodbus==3.16.1 http-ece==1.2.1 pywebpush==2.5.0
	@# Apart from the others: alarmpy takes any paho-mqtt that it sees, and knows only its first version.
	@test -d .build-python/apart/paho || \
		.build-python/bin/pip install -q --disable-pip-version-check --target .build-python/apart paho-mqtt==2.1.0

mqtt-needs:
	@test -e /usr/include/mosquitto.h || (apt-get update -qq && apt-get install -y -qq libmosquitto-dev)

deb-needs:
	@(command -v dh && command -v patchelf && command -v mmdebstrap && command -v systemd-nspawn) \
		>/dev/null || (apt-get update -qq && \
		apt-get install -y -qq debhelper patchelf mmdebstrap systemd-container)
