"""What a user of each client would write: five lines that print what the client reports."""

TZEVAADOM = """
import tzevaadom
print("ready")
tzevaadom.alerts_listener(lambda alerts: print(*(alert["name"] for alert in alerts), sep="|"))
"""

# `alert.locations` of version 0.2.0 is empty when no places were chosen; the other list is whole.
OREF = """
import oref
oref.init(["he"])
print("ready")
oref.listen(lambda alert: print(alert.title, *(place.name.he for place in alert.unfiltered_locations), sep="|"))
"""

PIKUDHAOREF = """
import threading
import pikudhaoref
client = pikudhaoref.SyncClient(update_interval=2)

@client.event()
def on_siren(sirens):
    print("siren", *(siren.city.name.he for siren in sirens), sep="|")

@client.event()
def on_siren_end(sirens):
    print("end", *(siren.city.name.he for siren in sirens), sep="|")

print("ready")
threading.Event().wait()
"""

ALERTS_IN_UA = """
import time
from alerts_in_ua import Client
client = Client("any token")
print("ready")
seen = None
while True:
    now = sorted(alert.location_title for alert in client.get_active_alerts())
    if now != seen:
        print("active", *now, sep="|")
        letters = client.get_air_raid_alert_statuses()
        print("letters", sum(status.status == "active" for status in letters), sep="|")
    seen = now
    time.sleep(1)
"""

UASIREN = """
import asyncio
import aiohttp
from uasiren.client import Client

async def main():
    async with aiohttp.ClientSession(trust_env=True) as session:
        client = Client(session)
        regions = (await client.get_regions())["states"]
        number = next(region["regionId"] for region in regions if region["regionName"] == "זיקים")
        print("ready")
        seen = None
        while True:
            index = (await client.get_last_alert_index())["lastActionIndex"]
            region = (await client.get_alerts(number))[0]
            now = [alert["type"] for alert in region["activeAlerts"]]
            if now != seen:
                print("active", region["regionName"], *now, sep="|")
            seen = now
            await asyncio.sleep(1)

asyncio.run(main())
"""
