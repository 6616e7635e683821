// The configuration as the daemon runs it.
import { getText } from "./api.js";
import { card, h, put } from "./dom.js";

export function configurationCard() {
  const body = h("div", {});
  const details = h("details", { id: "configuration", toggle: () => details.open && load() }, h("summary", {}, "Show it, defaults included, secrets left out"), body);
  async function load() {
    try {
      put(body, h("pre", { class: "config", tabindex: "0", role: "group", "aria-label": "Configuration" }, await getText("/v1/config")));
    } catch (error) {
      put(body, h("p", { class: "notice tone-bad" }, error.message));
    }
  }
  return card("Configuration as running", null, details);
}
