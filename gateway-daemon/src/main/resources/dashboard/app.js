// The page's beginning: who reads it, what is shown, and what follows from the address.
import { showConnection } from "./connection.js";
import { h, put } from "./dom.js";
import { showNames, showWho, startFrame } from "./frame.js";
import { showOverview } from "./overview.js";
import { enter, isLink, showLogin } from "./session.js";
import { on, store } from "./store.js";
import { close, open } from "./stream.js";

const main = document.getElementById("main");
let leave = () => {};
let shown = null;

function route() {
  const name = nameIn(location.hash);
  showNames();
  if (shown === name) {
    return;
  }
  const first = shown === null;
  shown = name;
  leave();
  leave = name === "" ? showOverview(main) : showConnection(main, name);
  document.title = name === "" ? "Twinspan" : `${name} - Twinspan`;
  if (!first) {
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

/** The connection of an address, or nothing; an address that somebody mistyped names what it says. */
function nameIn(hash) {
  const found = /^#\/c\/(.+)$/.exec(hash);
  try {
    return found === null ? "" : decodeURIComponent(found[1]);
  } catch {
    return found[1];
  }
}

async function start() {
  clear();
  try {
    store.session = await enter();
    showWho();
    await open();
    route();
  } catch (error) {
    denied(error);
  }
}

function clear() {
  leave();
  leave = () => {};
  shown = null;
}

function denied(error) {
  clear();
  if (error.status === 401) {
    const ended = "The session has ended: its time was over, its token was removed, or the gateway was started anew.";
    const reason = error.reason ?? (store.session === null ? "" : ended);
    close();
    store.session = null;
    store.status = null;
    showWho();
    showNames();
    document.title = "Log in - Twinspan";
    showLogin(main, reason, start);
    return;
  }
  const words = error.status === 403 ? "Not permitted" : "The daemon does not answer";
  put(main, h("section", { class: "card" }, h("h1", {}, words), h("p", {}, `${error.message}. ${error.hint ?? ""}`), h("p", {}, h("button", { type: "button", click: start }, "Try again"))));
}

startFrame();
on("denied", denied);
window.addEventListener("hashchange", () => (isLink() ? start() : store.status !== null && route()));
start();
