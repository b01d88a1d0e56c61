"""A real Chromium, driven by the W3C WebDriver protocol through its chromedriver."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # The protocol's own name for a reference.
SECONDS = 60
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"
# Resolves as soon as an element is shown and has the text, now or after a change of the page.
SHOWN = """
const [selector, text, done] = arguments;
const look = () => {
  const found = document.querySelector(selector);
  const is = found && found.checkVisibility() && found.textContent.includes(text);
  if (is) { watch.disconnect(); done(found.textContent); }
  return is;
};
const watch = new MutationObserver(look);
const what = {subtree: true, childList: true, attributes: true, characterData: true};
watch.observe(document, what);
look();
"""


class Browser:
    """One window."""

    def __init__(self, address: str) -> None:
        self._address = address

    def open(self, url: str) -> None:
        self._post("url", {"url": url})

    def see(self, selector: str, text: str = "") -> str:
        """The text of an element once it is shown and holds ``text``."""
        return str(self._post("execute/async", {"script": SHOWN, "args": [selector, text]}))

    def run(self, script: str, *args: Any) -> Any:
        return self._post("execute/sync", {"script": script, "args": list(args)})

    def write(self, selector: str, text: str) -> None:
        self._post(f"element/{self._find(selector)}/value", {"text": text})

    def click(self, selector: str) -> None:
        self._post(f"element/{self._find(selector)}/click", {})

    def draw(self, selector: str, *way: tuple[int, int]) -> None:
        """Put a finger on an element, so far from its middle, and move it along a way."""
        found = {ELEMENT: self._find(selector)}
        self.run("arguments[0].scrollIntoView({block: 'center'})", found)
        steps = [
            {"type": "pointerMove", "duration": 20, "origin": found, "x": x, "y": y} for x, y in way
        ]
        up, down = {"type": "pointerUp", "button": 0}, {"type": "pointerDown", "button": 0}
        finger = {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}}
        rest = {"type": "pause", "duration": 300}  # Or the next touch would but stop a fling.
        actions = [{**finger, "actions": [steps[0], down, *steps[1:], rest, up]}]
        self._post("actions", {"actions": actions})

    def complaints(self) -> list[str]:
        """What the browser itself found fault with: policies that were broken, files not found."""
        return [one["message"] for one in self._post("se/log", {"type": "browser"})]

    def _find(self, selector: str) -> str:
        found = self._post("element", {"using": "css selector", "value": selector})
        return str(found[ELEMENT])

    def _post(self, what: str, body: dict[str, Any]) -> Any:
        answer = requests.post(f"{self._address}/{what}", json=body, timeout=SECONDS)
        assert answer.ok, answer.text
        return answer.json()["value"]


@contextmanager
def chromium(language: str) -> Iterator[Browser]:
    """A window on a phone whose owner reads ``language``."""
    driver = shutil.which("chromedriver")
    assert driver is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.PIPE, text=True) as running:
        try:
            _until_ready(running)
            address = f"http://127.0.0.1:{port}/session"
            made = requests.post(address, json=_wanted(language), timeout=SECONDS)
            assert made.ok, made.text
            session = f"{address}/{made.json()['value']['sessionId']}"
            requests.post(f"{session}/timeouts", json={"script": SECONDS * 500}, timeout=SECONDS)
            yield Browser(session)
            requests.delete(session, timeout=SECONDS)
        finally:
            running.terminate()


def _until_ready(running: "subprocess.Popen[str]") -> None:
    assert running.stdout is not None
    for line in running.stdout:
        if "started successfully" in line:
            return
    raise AssertionError("chromedriver did not start")


def _wanted(language: str) -> dict[str, Any]:
    options = {
        "binary": shutil.which("chromium"),
        "args": [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--lang={language}",
        ],
        "prefs": {"intl.accept_languages": language},
        "mobileEmulation": {
            "deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 3.0, "touch": True},
            "userAgent": PHONE,
        },
    }
    wanted = {"browserName": "chrome", "goog:chromeOptions": options}
    return {"capabilities": {"alwaysMatch": {**wanted, "goog:loggingPrefs": {"browser": "ALL"}}}}
