"""Headless Chromium, as a person at a keyboard uses it: spoken to in the Chrome DevTools Protocol, over a pipe.

    browser = Browser()
    browser.open("/tmp/page.html")
    browser.press("Tab"), browser.type("dupont"), browser.click("th button")
    browser.value("document.title")
    browser.faults, browser.requests    # what the console complained of; every address that was asked for
    browser.close()
"""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--window-size=1400,900",
         "--remote-debugging-pipe")
KEYS = {"Tab": 9, "Enter": 13, " ": 32}
SECONDS = 30  # that an answer may take


class Browser:
    def __init__(self):
        program = shutil.which("chromium")
        if not program:
            raise RuntimeError("Chromium is not installed (package chromium).")
        self._folder = tempfile.mkdtemp(prefix="vigie-browser-")
        commands, self._to = os.pipe()
        self._from, answers = os.pipe()
        # The browser reads from descriptor 3 and writes to 4.
        self._process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{commands} 4>&{answers}', "sh", program, *FLAGS,
             f"--user-data-dir={self._folder}", "about:blank"],
            pass_fds=(commands, answers), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(commands)
        os.close(answers)
        self._unread, self._last, self._loads, self._session = b"", 0, 0, None
        self.faults, self.requests = [], []
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
                self.call(domain + ".enable")
        except BaseException:
            self.close()
            raise

    def close(self):
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self._folder, ignore_errors=True)

    def call(self, method, **parameters):
        """Asks for something and returns the answer; meanwhile takes in what else the browser has to say."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data):]
        while True:
            said = self._hear()
            if said.get("id") == self._last:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']['message']}")
                return said["result"]

    def _hear(self):
        end = time.monotonic() + SECONDS
        while b"\0" not in self._unread:
            if not select.select([self._from], [], [], max(0.0, end - time.monotonic()))[0]:
                raise RuntimeError("Chromium does not answer.")
            more = os.read(self._from, 1 << 16)
            if not more:
                raise RuntimeError("Chromium has ended.")
            self._unread += more
        message, _, self._unread = self._unread.partition(b"\0")
        said = json.loads(message)
        self._note(said.get("method"), said.get("params", {}))
        return said

    def _note(self, event, about):
        if event == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        elif event == "Page.loadEventFired":
            self._loads += 1
        elif event == "Page.javascriptDialogOpening":
            self.faults.append("a dialog: " + about["message"])
        elif event == "Runtime.exceptionThrown":
            self.faults.append("an exception: " + json.dumps(about["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled":
            self.faults.append("the console: " + json.dumps(about["args"]))
        elif event == "Log.entryAdded":
            self.faults.append("the log: " + about["entry"]["text"])

    def open(self, path):
        """Shows a file, and waits until it is there."""
        loads = self._loads
        self.call("Page.navigate", url="file://" + path)
        while self._loads == loads:
            self._hear()

    def value(self, expression):
        """What an expression is on the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait_for(self, expression):
        end = time.monotonic() + SECONDS
        while not self.value(expression):
            if time.monotonic() > end:
                raise AssertionError(f"never came true: {expression}")
            time.sleep(0.05)

    def click(self, selector):
        """With the mouse, on the middle of the element."""
        box = self.value(f"""(() => {{ const e = document.querySelector({json.dumps(selector)});
            e.scrollIntoView({{block: 'center', inline: 'center'}});
            const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()""")
        for event in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=event, x=box[0], y=box[1], button="left", clickCount=1)

    def press(self, key):
        text = {"Enter": "\r", " ": " "}.get(key)
        about = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def type(self, text):
        """Into what has the focus, in place of what is there."""
        self.call("Runtime.evaluate", expression="document.activeElement.select()")
        if text:
            self.call("Input.insertText", text=text)
        else:
            about = {"key": "Delete", "code": "Delete", "windowsVirtualKeyCode": 46}
            self.call("Input.dispatchKeyEvent", type="keyDown", **about)
            self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def accessible(self):
        """What a screen reader is told: [(role, name)] of every element that it is told of."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes if not node["ignored"]]
