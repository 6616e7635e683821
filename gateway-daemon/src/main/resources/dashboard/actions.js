// Switch, rekey, up and down: the buttons beside the picture.
import { post } from "./api.js";
import { ask } from "./dialogs.js";
import { h, put } from "./dom.js";
import { connectionNamed, may } from "./store.js";

/** The row of buttons of a connection; `update` keeps them true. */
export function actionRow(name) {
  const row = h("div", { class: "row", role: "group", "aria-label": "Actions" });
  let shape = "";
  return {
    element: row,
    update() {
      const connection = connectionNamed(name);
      if (connection === null) {
        return;
      }
      const wanted = JSON.stringify([connection.active, connection.tunnels.map((tunnel) => tunnel.state)]);
      // A button that is replaced under the pointer, or that has the focus, is lost: only what changed is drawn anew.
      if (wanted !== shape) {
        shape = wanted;
        const focused = row.contains(document.activeElement) ? document.activeElement.id : "";
        put(row, may("operator") ? buttons(connection) : h("p", { class: "soft small" }, "Actions need the role operator; yours is viewer."));
        if (focused !== "") {
          document.getElementById(focused)?.focus();
        }
      }
    },
  };
}

function buttons(connection) {
  return [
    ...connection.tunnels.map((tunnel) => moveButton(connection, tunnel)),
    ...connection.tunnels.map((tunnel) => h("div", { class: "group" }, h("span", { class: "soft small" }, `Tunnel ${tunnel.number}`), tunnelButtons(connection, tunnel))),
  ];
}

function moveButton(connection, tunnel) {
  if (tunnel.active) {
    return null;
  }
  const ready = tunnel.state === "standby" || tunnel.state === "degraded" || tunnel.state === "up";
  return h(
    "button",
    {
      type: "button",
      id: `switch-${tunnel.number}`,
      class: ready ? "main" : null,
      disabled: !ready,
      title: ready ? null : `tunnel ${tunnel.number} is ${tunnel.state}`,
      click: () =>
        ask(
          `Switch ${connection.name} to tunnel ${tunnel.number}?`,
          [
            "What you send moves to the other tunnel at once; packets under way still arrive.",
            "It stays there until you switch again, it fails, or you leave the choice to the policy.",
          ],
          `Switch to tunnel ${tunnel.number}`,
          async () => (await post("/v1/switch", { connection: connection.name, tunnel: tunnel.number })).message,
        ),
    },
    `Switch to tunnel ${tunnel.number}`,
  );
}

function tunnelButtons(connection, tunnel) {
  const name = `${connection.name}/${tunnel.number}`;
  const order = (path, extra = {}) => async () => (await post(path, { connection: connection.name, tunnel: tunnel.number, ...extra })).message;
  if (tunnel.state === "disabled") {
    return [
      button(`up-${tunnel.number}`, "Up", `Bring tunnel ${name} up?`, ["It negotiates with AWS and stays up from then on."], "Bring it up", order("/v1/up")),
    ];
  }
  const last = connection.tunnels.every((other) => other.number === tunnel.number || !["up", "standby"].includes(other.state));
  return [
    button(`rekey-${tunnel.number}`, "Rekey", `Rekey tunnel ${name}?`, ["A new child SA replaces the one in use; no packet is lost."], "Rekey", order("/v1/rekey", { sa: "esp" })),
    button(
      `down-${tunnel.number}`,
      "Down",
      `Take tunnel ${name} down?`,
      [
        last && tunnel.active
          ? "No other tunnel is ready: all traffic of this connection will be refused."
          : tunnel.active
            ? "Its traffic moves to the other tunnel first."
            : "The connection has no standby until it is up again.",
        "It stays down until somebody brings it up.",
      ],
      "Take it down",
      order("/v1/down"),
    ),
  ];
}

function button(id, label, title, sentences, yes, action) {
  return h("button", { type: "button", id, "aria-label": `${label} tunnel ${id.split("-")[1]}`, click: () => ask(title, sentences, yes, action) }, label);
}
