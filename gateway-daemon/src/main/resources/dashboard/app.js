// The page's beginning: who reads it, what is shown, and what follows from the address.
import { showConnection } from "./connection.js";
import { h, put } from "./dom.js";
import { showNames, showWho, startFrame } from "./frame.js";
import { showOverview } from "./overview.js";
import { enter, showLogin } from "./session.js";
import { on, store } from "./store.js";
import { open } from "./stream.js";

const main = document.getElementById("main");
let leave = () => {};
let shown = null;

function route() {
  const found = /^#\/c\/(.+)$/.exec(location.hash);
  const name = found === null ? "" : decodeURIComponent(found[1]);
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

async function start() {
  try {
    store.session = await enter();
    showWho();
    await open();
    route();
  } catch (error) {
    denied(error);
  }
}

function denied(error) {
  leave();
  leave = () => {};
  shown = null;
  if (error.status === 401) {
    showLogin(main, "", start);
    return;
  }
  const words = error.status === 403 ? "Not permitted" : "The daemon does not answer";
  put(main, h("section", { class: "card" }, h("h1", {}, words), h("p", {}, `${error.message}. ${error.hint ?? ""}`), h("p", {}, h("button", { type: "button", click: start }, "Try again"))));
}

startFrame();
on("denied", denied);
window.addEventListener("hashchange", () => store.status !== null && route());
start();
