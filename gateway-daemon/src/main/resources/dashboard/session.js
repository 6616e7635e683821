// Who reads the page, and how somebody gets in.
import { ApiError, get, post, useCsrf } from "./api.js";
import { h, put } from "./dom.js";

const LINK = /^#k=([A-Za-z0-9_.-]+)$/;

/** True where the address is a link that opens a session. */
export function isLink() {
  return LINK.test(location.hash);
}

/** Takes a key out of the address, where it must not stay, and opens a session with it. */
export async function enter() {
  const refusal = await useLink();
  try {
    const session = await get("/v1/session");
    useCsrf(session.csrf);
    return session;
  } catch (error) {
    // Whoever has a session already needs no link; to anybody else it matters why this one is of no use.
    throw error.status === 401 && refusal !== null ? refusal : error;
  }
}

async function useLink() {
  const found = LINK.exec(location.hash);
  if (found === null) {
    return null;
  }
  history.replaceState(null, "", "/");
  try {
    await login({ key: found[1] });
    return null;
  } catch (error) {
    error.reason = `${error.message}. ${error.hint}`;
    return error;
  }
}

async function login(proof) {
  await post("/v1/login", {}, proof);
}

export async function leave() {
  await post("/v1/logout");
}

/** What stands in place of the page for somebody who is not logged in. */
export function showLogin(main, error, again) {
  const message = h("p", { class: "notice tone-bad", role: "alert", hidden: error === "" }, error);
  const token = h("input", { type: "password", id: "token", autocomplete: "off", required: true, size: "34" });
  const form = h(
    "form",
    {
      class: "fields",
      submit: async (event) => {
        event.preventDefault();
        try {
          await login({ token: token.value.trim() });
          again();
        } catch (refused) {
          message.hidden = false;
          message.textContent = refused instanceof ApiError ? `${refused.message}. ${refused.hint}` : String(refused);
        }
      },
    },
    h("label", { for: "token" }, "Token", token),
    h("button", { class: "main" }, "Log in"),
  );
  put(
    main,
    h(
      "section",
      { class: "card login" },
      h("h1", {}, "Log in"),
      h("p", {}, "On the gateway, this prints a link that opens this page once:"),
      h("pre", { class: "config" }, "twinspan dashboard"),
      h("p", { class: "soft" }, "From another machine, use a token that an administrator gave you."),
      message,
      form,
    ),
  );
}
