// Stands in for Shopify's Polaris elements on a local run: those that our pages use, plainly.
(() => {
  const LOOKS = `
    :host { display: block } :host([hidden]) { display: none }
    * { box-sizing: border-box; font: inherit; color: inherit }
    h1, h2, h3 { font-weight: 700; margin: 0 0 8px } h1 { font-size: 20px } h2 { font-size: 16px }
    label { display: block } input, select { font: inherit }
    input:not([type=checkbox], [type=radio]), select { width: 100%; padding: 7px 10px; border: 1px solid #8a8a8a; border-radius: 8px; background: #fff }
    :focus-visible { outline: 2px solid #005bd3; outline-offset: 1px }
    .details { color: #616161; margin: 2px 0 0; font-size: 13px }
    .error { color: #8e0b21; margin: 2px 0 0; font-size: 13px } .error:empty, .details:empty { display: none }
    .line { display: flex; gap: 8px; align-items: start } .line input { width: 18px; height: 18px; margin: 1px 0 0; flex: none }
    button, a.button { display: inline-block; padding: 6px 12px; border: 1px solid #8a8a8a; border-radius: 8px; background: #fff; cursor: pointer; text-decoration: none }
    .button.primary { background: #303030; color: #fff } .tertiary { border-color: transparent; background: none; text-decoration: underline }
    a:not(.button) { color: #005bd3 } dialog { max-width: min(480px, 92vw); border: 1px solid #8a8a8a; border-radius: 12px; padding: 16px }
  `;
  const define = (name, type) => customElements.define(name, type);

  class Element extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: "open", delegatesFocus: true });
      this.shadowRoot.innerHTML = `<style>${LOOKS}${this.looks ?? ""}</style>${this.inside()}`;
      this.drawn?.();
    }
    find(selector) { return this.shadowRoot?.querySelector(selector); }
    text(name) {
      const holder = document.createElement("i");
      holder.textContent = this.getAttribute(name) ?? "";
      return holder.innerHTML;
    }
  }
  const around = (html, looks = "") => class extends Element {
    get looks() { return looks; }
    inside() { return html(this); }
  };
  const heading = (el, tag) => (el.hasAttribute("heading") ? `<${tag}>${el.text("heading")}</${tag}>` : "");

  define("s-page", around((el) => `<main>${heading(el, "h1")}<slot></slot></main>`, "main { max-width: 960px; margin: 0 auto; padding: 16px }"));
  define("s-section", around((el) => `<section aria-label="${el.text("heading")}">${heading(el, "h2")}<slot></slot></section>`,
    "section { background: #fff; border: 1px solid #e3e3e3; border-radius: 12px; padding: 16px; margin-bottom: 16px } ::slotted(*) { margin-block: 8px }"));
  define("s-banner", around((el) => `<div role="${el.getAttribute("tone") === "critical" ? "alert" : "status"}">${heading(el, "strong")}<slot></slot></div>`,
    "div { border: 1px solid #b28400; background: #fff8db; border-radius: 8px; padding: 12px; margin-bottom: 16px } strong { display: block; font-weight: 700 }"));
  define("s-badge", around((el) => `<span class="${el.getAttribute("tone")}">${{ success: "✓ ", critical: "! ", warning: "‖ " }[el.getAttribute("tone")] ?? ""}<slot></slot></span>`,
    ":host { display: inline-block } span { border-radius: 8px; padding: 2px 8px; background: #e3e3e3 } .success { background: #cdfee1; color: #0c5132 } .critical { background: #fedad9; color: #8e0b21 } .warning { background: #ffebc2; color: #5e4200 }"));
  define("s-heading", around(() => "<h3><slot></slot></h3>", "h3 { margin: 8px 0 0 }"));
  define("s-paragraph", around((el) => `<p class="${el.getAttribute("color") ?? ""}"><slot></slot></p>`, "p { margin: 0 } .subdued { color: #616161 }"));
  define("s-text", around((el) => `<span class="${el.getAttribute("color") ?? ""}"><slot></slot></span>`, ":host { display: inline } .subdued { color: #616161 }"));
  define("s-empty-state", around((el) => `${heading(el, "h3")}<slot></slot>`));
  define("s-progress", around((el) => `<progress aria-label="${el.text("accessibilitylabel")}" max="${el.text("max")}" value="${el.text("value")}"></progress>`, "progress { width: 100% }"));
  define("s-link", class extends Element {
    get looks() { return ":host { display: inline }"; }
    inside() {
      const outside = this.getAttribute("target") === "_blank";
      return `<a href="${this.text("href")}"${outside ? ' target="_blank" rel="noopener"' : ""}><slot></slot></a>`;
    }
  });

  define("s-button", class extends Element {
    static observedAttributes = ["disabled"];
    get looks() { return ":host { display: inline-block; margin: 4px 8px 4px 0 }"; }
    inside() {
      const looks = `class="button ${this.text("variant")}"`;
      if (this.hasAttribute("href")) return `<a href="${this.text("href")}" ${looks}><slot></slot></a>`;
      return `<button type="button" ${looks}><slot></slot></button>`;
    }
    attributeChangedCallback() { if (this.find("button")) this.find("button").disabled = this.hasAttribute("disabled"); }
    drawn() {
      this.attributeChangedCallback();
      this.addEventListener("click", () => {
        if (this.getAttribute("type") === "submit") this.closest("form")?.requestSubmit();
        const target = document.getElementById(this.getAttribute("commandfor"));
        if (target) this.getAttribute("command") === "--hide" ? target.hideOverlay() : target.showOverlay();
      });
    }
  });

  define("s-modal", class extends Element {
    inside() { return `<dialog aria-label="${this.text("heading")}">${heading(this, "h2")}<slot></slot><slot name="primary-action"></slot><slot name="secondary-actions"></slot></dialog>`; }
    drawn() { this.find("dialog").addEventListener("close", () => this.dispatchEvent(new Event("hide"))); }
    showOverlay() { this.find("dialog").showModal(); this.dispatchEvent(new Event("show")); }
    hideOverlay() { this.find("dialog").close(); }
  });

  class Field extends Element {
    static observedAttributes = ["error", "label", "disabled"];
    get input() { return this.find("input, select"); }
    get label() { return this.getAttribute("label"); }
    get value() { return this.input?.value ?? this.getAttribute("value") ?? ""; }
    set value(text) { this.input.value = text; }
    get disabled() { return this.hasAttribute("disabled"); }
    set disabled(is) { this.toggleAttribute("disabled", is); }
    describe() { return `<p class="details" id="details">${this.text("details")}</p><p class="error" id="error" role="alert"></p>`; }
    inside() { return `<label for="input">${this.text("label")}</label><input id="input" type="${this.kind}" placeholder="${this.text("placeholder")}" autocomplete="${this.text("autocomplete")}" aria-describedby="details error">${this.describe()}`; }
    attributeChangedCallback() {
      if (!this.input) return;
      this.find("#error").textContent = this.getAttribute("error") ?? "";
      for (const input of this.shadowRoot.querySelectorAll("input, select")) {
        input.ariaInvalid = this.hasAttribute("error") ? "true" : "false";
        input.disabled = this.disabled;
      }
    }
    drawn() {
      if (this.hasAttribute("value")) this.value = this.getAttribute("value");
      this.attributeChangedCallback();
      this.shadowRoot.addEventListener("change", () => this.dispatchEvent(new Event("change", { bubbles: true })));
      this.shadowRoot.addEventListener("keydown", (event) => { if (event.key === "Enter" && this.input.type !== "checkbox") this.closest("form")?.requestSubmit(); });
    }
  }
  for (const kind of ["text", "url", "email", "password", "search"]) {
    define(`s-${kind}-field`, class extends Field { get kind() { return kind; } });
  }
  define("s-switch", class extends Field {
    get checked() { return this.input ? this.input.checked : this.hasAttribute("checked"); }
    set checked(is) { this.input.checked = is; }
    inside() { return `<label class="line"><input type="checkbox" role="switch" aria-describedby="details error"><span>${this.text("label")}</span></label>${this.describe()}`; }
    drawn() { this.checked = this.hasAttribute("checked"); super.drawn(); }
  });
  define("s-select", class extends Field {
    inside() {
      const options = [...this.children].map((option) => `<option value="${option.getAttribute("value")}">${option.textContent}</option>`);
      return `<label for="input">${this.text("label")}</label><select id="input" aria-describedby="details error">${options.join("")}</select>${this.describe()}`;
    }
  });
  define("s-choice-list", class extends Field {
    get values() { return [this.find("input:checked")?.value].filter(Boolean); }
    set values([chosen]) { for (const input of this.shadowRoot.querySelectorAll("input")) input.checked = input.value === chosen; }
    inside() {
      const choices = [...this.children].map((choice, i) => {
        choice.slot = `choice-${i}`;
        choice.querySelector("[slot=details]")?.setAttribute("style", "display: block");
        return `<label class="line"><input type="radio" name="choice" value="${choice.getAttribute("value")}"${choice.hasAttribute("selected") ? " checked" : ""}><span><slot name="choice-${i}"></slot></span></label>`;
      });
      return `<fieldset style="border: 0; padding: 0; margin: 0"><legend>${this.text("label")}</legend>${choices.join("")}</fieldset>${this.describe()}`;
    }
  });
  for (const name of ["s-choice", "s-option"]) define(name, class extends HTMLElement {});
})();
