// Stands in for Shopify's App Bridge on a local run: as much of it as our pages use.
(() => {
  const admin = new URL(document.currentScript.src).origin;
  const asked = new URLSearchParams(location.search);
  const shop = asked.get("shop") ?? sessionStorage.getItem("shop");
  sessionStorage.setItem("shop", shop);
  // "/x" is a place of the app, wherever the app itself is.
  const place = (path) => new URL(path.replace(/^\//, "./"), location.href);

  async function idToken() {
    const answer = await fetch(`${admin}/_id_token?shop=${shop}`);
    return (await answer.json()).id_token;
  }

  function toast(text, { isError = false, duration = 5000 } = {}) {
    const shown = document.createElement("div");
    shown.className = isError ? "toast error" : "toast";
    shown.role = isError ? "alert" : "status";
    shown.textContent = text;
    document.body.append(shown);
    setTimeout(() => shown.remove(), duration);
  }

  const told = async (what) => {
    const answer = await fetch(`${admin}/_app?shop=${shop}`, { method: "POST", body: JSON.stringify(what) });
    return answer.json();
  };

  async function request(scopes) {
    const { scopes: before } = await told({ do: "scopes" });
    if (!confirm(`Grant ${scopes.join(", ")} to this app?`)) return { result: "declined-all" };
    await told({ do: "grant", scopes: [...new Set([...before, ...scopes])] });
    return { result: "granted-all" };
  }

  // As if the app was released with its theme app extension: one block, of this name.
  async function extensions() {
    const { embeds } = await told({ do: "scopes" });
    const status = embeds.some((each) => each.endsWith("/netcore-embed")) ? "active" : "available";
    const block = { handle: "netcore-embed", name: "Netcore App Embeds", target: "body", status };
    return [{ handle: "website-tracking", type: "theme_app_extension", activations: [block] }];
  }

  const bar = (id) => document.getElementById(id);
  window.shopify = {
    idToken,
    toast: { show: toast },
    saveBar: { show: async (id) => bar(id).toggleAttribute("open", true), hide: async (id) => bar(id).toggleAttribute("open", false) },
    scopes: { query: () => told({ do: "scopes" }), request },
    app: { extensions },
  };

  class SaveBar extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: "open" }).innerHTML = `<style>
        :host { display: none }
        :host([open]) { display: block; position: sticky; bottom: 0; z-index: 2 }
        div { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; background: #1a1a1a; color: #fff; padding: 10px 16px }
        span { flex: 1 }
      </style><div role="region" aria-label="Unsaved changes"><span>Unsaved changes</span><slot></slot></div>`;
    }
  }
  class AppNav extends HTMLElement {
    connectedCallback() {
      const links = [...this.querySelectorAll("s-link")].map((link) => {
        const shown = document.createElement("a");
        shown.href = place(link.getAttribute("href"));
        shown.textContent = link.textContent;
        if (shown.pathname === location.pathname) shown.setAttribute("aria-current", "page");
        return shown;
      });
      const nav = document.createElement("nav");
      nav.ariaLabel = "App";
      nav.append(...links);
      this.attachShadow({ mode: "open" }).innerHTML = `<style>
        nav { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 10px 16px; background: #ebebeb }
        a { color: #303030 } a[aria-current] { font-weight: 700 }
      </style>`;
      this.shadowRoot.append(nav);
    }
  }

  async function begin() {
    const reload = asked.get("shopify-reload");
    if (reload) {
      const back = place(reload);
      back.searchParams.set("id_token", await idToken());
      return location.replace(back);
    }
    customElements.define("ui-save-bar", SaveBar);
    customElements.define("s-app-nav", AppNav);
    const bare = new URL(location.href);
    bare.searchParams.delete("id_token");
    history.replaceState(null, "", bare);
    const style = document.createElement("style");
    style.textContent = ".toast{position:fixed;bottom:64px;left:50%;transform:translateX(-50%);max-width:90vw;background:#1a1a1a;color:#fff;padding:10px 16px;border-radius:8px;z-index:3}.toast.error{background:#8e0b21}";
    document.head.append(style);
  }
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
