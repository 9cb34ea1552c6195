"""From the page's switch to the notification: a real browser, a live service, and a push service of our own.

Chromium's own push service needs its maker's network, so `PushManager.subscribe` alone is given a subscription of ours;
what it is sent is handed to the page's worker as Chromium's own tools do.
"""

import importlib.util
import json
import pathlib
import sys

import pytest
from playwright.sync_api import expect

from conftest import SHOTS, SIZES

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "Service"
sys.path.append(str(FOLDER))
from push_service import PushService  # noqa: E402

spec = importlib.util.spec_from_file_location("service_conftest", FOLDER / "conftest.py")
service_conftest = importlib.util.module_from_spec(spec)
spec.loader.exec_module(service_conftest)

SUBSCRIBE = """(() => {
  const given = %s;
  let current = null;
  const make = () => ({ ...given, toJSON: () => given, unsubscribe: async () => { current = null; return true; } });
  PushManager.prototype.getSubscription = async () => current;
  PushManager.prototype.subscribe = async (options) => {
    if (!options.userVisibleOnly || new Uint8Array(options.applicationServerKey).length !== 65) throw new Error("wrong options");
    return current = make();
  };
})()"""


@pytest.fixture
def push():
    service = PushService()
    yield service
    service.server.shutdown()


@pytest.fixture
def live(tmp_path, push):
    service = service_conftest.Service(tmp_path)
    config = service.configure(
        f'channels:\n  - {{id: push, kind: web-push, contact: "mailto:d@example.org", services: ["{push.url}"]}}\n')
    service.ada = service.key("ada", "operator")
    service.start("--config", str(config))
    yield service
    service.stop()


def opened(chromium, live, push, name, language, size, places=("zikim",)):
    context = chromium.new_context(viewport=dict(zip(("width", "height"), SIZES[size])), service_workers="allow")
    context.grant_permissions(["notifications"], origin=live.url)
    one = push.browser(name)
    context.add_init_script(SUBSCRIBE % json.dumps(one.subscription))
    context.add_init_script(f"localStorage.getItem('tocsin.places') ?? localStorage.setItem('tocsin.places', '{json.dumps(list(places))}')")
    page = context.new_page()
    page.goto(f"{live.url}/?lang={language}")
    return context, page, one


def notifications(page):
    return page.evaluate("""async () => (await (await navigator.serviceWorker.ready).getNotifications())
      .map(({ title, body, tag, lang, dir, silent }) => ({ title, body, tag, lang, dir, silent }))""")


def deliver(context, page, live, message):
    """Hands a push message to the page's worker, as Chromium does with what comes from its push service."""
    tools = context.new_cdp_session(page)
    found = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    tools.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    tools.send("ServiceWorker.deliverPushMessage", {
        "origin": live.url, "registrationId": found[-1]["registrationId"], "data": json.dumps(message)})


def order(live, *words):
    done = live.order(*words, "--yes", key=live.ada)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("language, size", [("en", "desk"), ("he", "phone"), ("ar", "phone")])
def test_the_reader_turns_notifications_on_and_hears_of_a_place_while_no_page_is_open(chromium, live, push, language, size):
    context, page, one = opened(chromium, live, push, language, language, size)
    switch = page.locator("#push-toggle")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#push-fault")).to_have_text("")
    expect(page.locator("#places-kept")).to_be_hidden()
    page.locator("#push").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    page.screenshot(path=SHOTS / f"push-{language}-{size}.png")
    order(live, "warn", "--hazard", "rockets", "--zones", "zikim")
    message = live.until(lambda: one.pushed)[0][0]
    deliver(context, page, live, message)
    shown = live.until(lambda: notifications(page))[0]
    name = {"en": "Zikim", "he": "זיקים", "ar": "زيكيم"}[language]
    assert name in shown["body"] and shown["title"] == message["text"] and shown["lang"] == language
    assert shown["dir"] == {"en": "ltr"}.get(language, "rtl") and not shown["silent"]
    # The end stands in its place; a late one makes no sound.
    number = live.get("/api/picture")[1]["warnings"][0]["id"]
    order(live, "clear", number)
    end = live.until(lambda: one.pushed[1:])[0][0]
    deliver(context, page, live, end)
    live.until(lambda: notifications(page)[0]["title"] == end["text"])
    assert len(notifications(page)) == 1
    deliver(context, page, live, {**message, "warning": "W0", "expires": "2020-01-01T00:00:00Z"})
    live.until(lambda: [row for row in notifications(page) if row["silent"]])
    # Turned off, nothing more is sent.
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(300)
    order(live, "warn", "--hazard", "rockets", "--zones", "zikim")
    page.wait_for_timeout(500)
    assert len(one.pushed) == 2
    context.close()


def test_an_exercise_is_marked_as_one(chromium, live, push):
    context, page, one = opened(chromium, live, push, "one", "ru", "phone")
    page.locator("#push-toggle").click()
    expect(page.locator("#push-toggle")).to_have_attribute("aria-pressed", "true")
    order(live, "warn", "--hazard", "rockets", "--zones", "zikim")
    message = live.until(lambda: one.pushed)[0][0]
    deliver(context, page, live, {**message, "mode": "exercise"})
    assert live.until(lambda: notifications(page))[0]["title"].startswith("Учения: ")
    context.close()


def test_other_places_are_told_to_the_service_and_without_a_place_it_says_what_to_do(chromium, live, push):
    context, page, one = opened(chromium, live, push, "one", "en", "desk", places=())
    page.locator("#push-toggle").click()
    expect(page.locator("#push-fault")).to_have_text("Choose your places first.")
    expect(page.locator("#place-search")).to_be_focused()
    page.locator("#place-search").fill("Karm")
    page.keyboard.press("Enter")
    page.locator("#push-toggle").click()
    expect(page.locator("#push-toggle")).to_have_attribute("aria-pressed", "true")
    page.locator("#place-search").fill("Zik")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    order(live, "warn", "--hazard", "rockets", "--zones", "zikim")
    live.until(lambda: one.pushed)
    # Without any place nothing is kept of the browser.
    for _ in range(2):
        page.locator("#place-list .remove").first.click()
    expect(page.locator("#push-fault")).to_have_text("Choose your places first.")
    page.wait_for_timeout(300)
    order(live, "warn", "--hazard", "rockets", "--zones", "karmia")
    page.wait_for_timeout(500)
    assert len(one.pushed) == 1
    context.close()


def test_what_the_server_does_not_take_is_not_said_to_be_on(chromium, live, push):
    context, page, one = opened(chromium, live, push, "one", "en", "phone")
    page.route("**/api/push/**", lambda route: route.abort())
    page.locator("#push-toggle").click()
    expect(page.locator("#push-fault")).to_contain_text("could not be turned on")
    expect(page.locator("#push-toggle")).to_have_attribute("aria-pressed", "false")
    page.unroute("**/api/push/**")
    page.locator("#push-toggle").click()
    expect(page.locator("#push-toggle")).to_have_attribute("aria-pressed", "true")
    context.close()


def test_a_service_without_the_channel_offers_nothing(chromium, server):
    page = chromium.new_page()
    page.goto(server.url)
    expect(page.locator("#place-search")).to_be_visible()
    expect(page.locator("#push")).to_be_hidden()
    page.close()
