// The daemon's events as they happen. A broken stream comes back by itself and says what it heard last.
import { get } from "./api.js";
import { store, tell } from "./store.js";

/** What the journal keeps, too. */
const EVENTS_KEPT = 4096;

let source = null;
let started = "";

/** Loads what was, and follows what comes. Rejects where the daemon says no. */
export async function open() {
  await load();
  connect();
}

async function load() {
  const [status, events] = await Promise.all([get("/v1/status"), get("/v1/events")]);
  started = status.started;
  store.events = events.events;
  takeState(status);
  tell("journal", null);
}

function connect() {
  source?.close();
  if (document.hidden) {
    source = null;
    return;
  }
  source = new EventSource(`/v1/stream?after=${lastSequence()}`);
  source.addEventListener("open", () => tell("live", true));
  source.addEventListener("error", () => lost());
  source.addEventListener("state", (message) => takeState(JSON.parse(message.data)));
  source.addEventListener("sample", (message) => takeSamples(JSON.parse(message.data)));
  source.addEventListener("journal", (message) => takeEvent(JSON.parse(message.data)));
}

/** A browser has six connections for a host: a page that nobody sees lets go of its own, and misses nothing by that. */
function rest() {
  source?.close();
  source = null;
}

/** Forgets all of it: nobody is logged in. */
export function close() {
  rest();
  started = "";
  store.events = [];
  store.samples.clear();
}

function resume() {
  if (started !== "" && source === null) {
    connect();
  }
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : resume()));
window.addEventListener("pagehide", rest);
window.addEventListener("pageshow", (event) => event.persisted && resume());

function lastSequence() {
  return store.events.at(-1)?.sequence ?? 0;
}

/** The browser tries again by itself, except where the daemon answered with an error: then somebody has to look. */
async function lost() {
  tell("live", false);
  if (source === null || source.readyState !== EventSource.CLOSED) {
    return;
  }
  try {
    await load();
    connect();
  } catch (error) {
    if (error.status === 401 || error.status === 403) {
      tell("denied", error);
    } else {
      setTimeout(lost, 2000);
    }
  }
}

function takeState(status) {
  store.status = status;
  store.statusAt = performance.now();
  if (started !== "" && status.started !== started) {
    // Another life of the daemon counts its events anew.
    started = status.started;
    store.events = [];
    load().then(connect, () => lost());
  }
  tell("state", status);
}

function takeSamples(document) {
  document.connections.forEach((connection) => store.samples.set(connection.name, connection));
  tell("sample", document.connections);
}

function takeEvent(entry) {
  const last = lastSequence();
  if (entry.sequence <= last) {
    return;
  }
  store.events.push(entry);
  if (store.events.length > EVENTS_KEPT) {
    store.events.shift();
  }
  tell("journal", entry);
}
