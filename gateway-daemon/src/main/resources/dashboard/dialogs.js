// Every action asks once, says what it will do, and shows what came of it.
import { ApiError } from "./api.js";
import { h, put } from "./dom.js";

const dialog = () => document.getElementById("dialog");

/**
 * Asks for a yes and then runs the action.
 *
 * @param title what is about to happen, as a question
 * @param sentences what it means
 * @param yes the word on the button
 * @param action returns the sentence that tells the result
 */
export function ask(title, sentences, yes, action) {
  const box = dialog();
  const result = h("p", { role: "status", id: "dialog-result" });
  const confirm = h("button", { type: "button", class: "main", id: "dialog-yes" }, yes);
  const cancel = h("button", { type: "button", id: "dialog-no", click: () => box.close() }, "Cancel");
  confirm.addEventListener("click", () => run(confirm, cancel, result, action));
  put(
    box,
    h("h2", { id: "dialog-title" }, title),
    sentences.map((sentence) => h("p", { class: "soft" }, sentence)),
    result,
    h("div", { class: "row" }, cancel, confirm),
  );
  box.showModal();
  // The safe answer is the one that a hasty Enter gives.
  cancel.focus();
}

async function run(confirm, cancel, result, action) {
  confirm.disabled = true;
  result.className = "notice";
  result.textContent = "Under way.";
  try {
    result.textContent = `Done: ${await action()}`;
  } catch (error) {
    result.className = "notice tone-bad";
    result.textContent = error instanceof ApiError ? `Not done: ${error.message}${error.hint ? `. ${error.hint}` : ""}` : `Not done: ${error}`;
  }
  confirm.hidden = true;
  cancel.textContent = "Close";
  cancel.focus();
}

/** Says something to a screen reader, without moving anything. */
export function announce(text) {
  document.getElementById("announce").textContent = text;
}
