// The bar on top: where one is, whether the page is live, the theme, and who one is.
import { h, put } from "./dom.js";
import { on, store } from "./store.js";
import { leave } from "./session.js";
import { close } from "./stream.js";

const THEMES = ["auto", "light", "dark"];

export function startFrame() {
  themeButton(document.getElementById("theme"));
  on("live", (live) => showLive(live));
  on("state", () => showNames());
}

export function showWho() {
  document.getElementById("live").hidden = store.session === null;
  const out = h("button", { type: "button", class: "quiet", click: logOut }, "Log out");
  put(document.getElementById("who"), store.session === null ? "" : `${store.session.name}, ${store.session.role} `, store.session?.csrf ? out : null);
}

/** The stream ends first: that the daemon cuts it is nothing to complain about. */
function logOut() {
  close();
  leave().finally(() => location.reload());
}

function showLive(live) {
  const element = document.getElementById("live");
  element.dataset.live = live ? "on" : "off";
  element.textContent = live ? "live" : "reconnecting";
}

let shown = "";

export function showNames() {
  const names = store.status?.connections.map((connection) => connection.name) ?? [];
  const here = location.hash;
  const wanted = JSON.stringify([names, here]);
  if (wanted === shown) {
    return;
  }
  shown = wanted;
  const link = (href, words) => h("a", { href, "aria-current": here === href || (href === "#/" && here === "") ? "page" : null }, words);
  put(document.getElementById("nav"), link("#/", "Overview"), names.map((name) => link(`#/c/${encodeURIComponent(name)}`, name)));
}

function themeButton(button) {
  const read = () => document.documentElement.dataset.theme ?? "auto";
  const label = () => {
    button.textContent = `Theme: ${read()}`;
  };
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(read()) + 1) % THEMES.length];
    if (next === "auto") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = next;
    }
    try {
      localStorage.setItem("twinspan-theme", next);
    } catch {
      // It holds until the page is left, then.
    }
    label();
    document.dispatchEvent(new Event("themechange"));
  });
  label();
}
