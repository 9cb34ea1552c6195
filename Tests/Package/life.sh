# Installs, starts, upgrades and removes the package; ends at the first thing that is not so.
set -eux
url=http://127.0.0.1:8080
ready() { curl -f -s --retry 60 --retry-delay 1 --retry-all-errors -o /dev/null $url/health/ready; }
shelter() { curl -fsS $url/api/picture | grep -q '"stage":"shelter"'; }
export DEBIAN_FRONTEND=noninteractive
trap 'test $? = 0 || { set +x; systemctl status tocsin; journalctl -u tocsin -n 40 --no-pager; }' EXIT

# Installed, it runs as its own user and keeps its data to itself.
dpkg -i /trial/first.deb
ready
systemctl is-active tocsin
test "$(stat -c %U "/proc/$(systemctl show -p MainPID --value tocsin)")" = tocsin
test "$(stat -c '%a %U' /var/lib/tocsin)" = '700 tocsin'
test -s /var/lib/tocsin/journal.sqlite
curl -fsS $url/ | grep -q '<html'
curl -fsS -o /dev/null $url/leaflet/leaflet.css

# It obeys an operator.
key=$(runuser -u tocsin -- env TOCSIN_HOME=/var/lib/tocsin tocsin keys add ada --role operator)
TOCSIN_KEY=$key tocsin order warn --hazard rockets --zones Zikim --yes
shelter

# It comes back when it is killed, and the warning with it.
systemctl kill -s KILL tocsin
sleep 3
ready
shelter

# An upgrade keeps it running, the configuration and the journal; a restart goes on where it was.
before=$(systemctl show -p MainPID --value tocsin)
echo '# a line of the operator' >> /etc/tocsin/tocsin.yaml
dpkg -i --force-confold /trial/second.deb
test "$(systemctl show -p MainPID --value tocsin)" = "$before"
grep -q 'a line of the operator' /etc/tocsin/tocsin.yaml
systemctl restart tocsin
ready
shelter

# A wrong configuration is told, with its line, and does not start.
cp /etc/tocsin/tocsin.yaml /trial/kept.yaml
echo 'nonsense: 1' >> /etc/tocsin/tocsin.yaml
if tocsin check --config /etc/tocsin/tocsin.yaml; then exit 1; fi
cp /trial/kept.yaml /etc/tocsin/tocsin.yaml

# Removed, it stops; the configuration and the journal stay. Purged, the journal still stays.
dpkg -r tocsin
if systemctl is-active tocsin; then exit 1; fi
test -e /etc/tocsin/tocsin.yaml
dpkg -P tocsin
test ! -e /etc/tocsin/tocsin.yaml
test -s /var/lib/tocsin/journal.sqlite
echo 'the whole life was lived'
