"use strict";

// The code stands behind the # of the address, which no server is sent; it goes with each request
// in a header of its own, and into no address.
(function () {
  const ADDRESS = "public/sign-off";
  const SHARPEST = 2; // More pixels than that make no better signature, but a larger one.
  const WAIT_FOR_SPOT = 10000; // milliseconds

  const code = decodeURIComponent(window.location.hash.slice(1));
  const find = (id) => document.getElementById(id);
  const word = (name) => document.querySelector(`[data-word="${name}"]`).textContent;
  const form = find("form");
  const canvas = find("pad");
  let pad = null;
  let shown = null; // what is to be signed, as it was read
  let sent = null; // what was sent without an answer: sent again it is the same command

  function say(name) {
    find("said").textContent = word(name);
    find("said").hidden = false;
  }

  function end(name, again) {
    form.hidden = true;
    find("again").hidden = !again;
    say(name);
  }

  async function read() {
    say("loading");
    find("again").hidden = true;
    let answer;
    try {
      answer = await ask("GET", {});
    } catch {
      return end("failed", true);
    }
    if (answer.status === 429) return end("busy", true);
    if (!answer.ok) return end("gone", false);
    shown = await answer.json();
    if (!shown.ready) return end("not_ready", true);
    find("said").hidden = true;
    show();
  }

  function ask(method, headers, body) {
    return fetch(ADDRESS, {
      method,
      body,
      headers: { "Sign-Off-Code": code, ...headers },
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  }

  function show() {
    const lines = find("lines");
    lines.replaceChildren();
    for (const line of shown.lines) {
      const term = document.createElement("dt");
      const label = document.querySelector(`[data-line="${CSS.escape(line.name)}"]`);
      term.textContent = label ? label.textContent : line.name;
      const value = document.createElement("dd");
      value.textContent = line.value;
      lines.append(term, value);
    }
    find("text").textContent = shown.text;
    find("digest").textContent = shown.digest;
    form.hidden = false;
    if (!pad) prepare();
  }

  function prepare() {
    pad = new SignaturePad(canvas, { backgroundColor: "rgb(255, 255, 255)" });
    fit();
    window.addEventListener("resize", fit);
  }

  function fit() {
    const ratio = Math.min(Math.max(window.devicePixelRatio || 1, 1), SHARPEST);
    const drawn = pad.toData();
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    if (drawn.length) pad.fromData(drawn);
  }

  function where() {
    if (!find("spot").checked || !navigator.geolocation) return Promise.resolve(null);
    return new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) =>
          resolve({
            latitude: coords.latitude,
            longitude: coords.longitude,
            accuracy_m: coords.accuracy,
          }),
        () => resolve(null),
        { timeout: WAIT_FOR_SPOT },
      );
    });
  }

  function freshKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  }

  async function written() {
    const spot = await where();
    const body = {
      digest: shown.digest,
      name: find("name").value.trim(),
      relation: find("relation").value,
      device_at: new Date().toISOString(),
      drawing: pad.toDataURL("image/png").split(",")[1],
      ...(spot ? { spot } : {}),
    };
    return { key: freshKey(), body: JSON.stringify(body) };
  }

  async function sign(event) {
    event.preventDefault();
    if (!find("name").value.trim()) return say("name_missing");
    if (pad.isEmpty()) return say("drawing_blank");
    find("sign").disabled = true;
    try {
      sent = sent || (await written());
      const headers = { "Content-Type": "application/json", "Idempotency-Key": sent.key };
      await take(await ask("POST", headers, sent.body));
    } catch {
      say("failed");
    } finally {
      find("sign").disabled = false;
    }
  }

  async function take(answer) {
    if (answer.status >= 500) return say("failed");
    sent = null;
    if (answer.ok) return end("thanks", false);
    if (answer.status === 429) return say("busy");
    if (answer.status === 404) return end("gone", false);
    const problem = await answer.json();
    if (problem.code === "drawing_blank") return say("drawing_blank");
    if (problem.code !== "text_changed") return say("failed");
    await read();
    if (shown && shown.ready) say("text_changed");
  }

  form.addEventListener("submit", sign);
  for (const change of ["input", "change"]) form.addEventListener(change, () => (sent = null));
  canvas.addEventListener("pointerdown", () => (sent = null));
  find("clear").addEventListener("click", () => {
    sent = null;
    pad.clear();
  });
  find("again").addEventListener("click", read);
  read();
})();
