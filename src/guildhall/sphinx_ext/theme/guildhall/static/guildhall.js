// The colour switch: automatic, light, dark. Without JavaScript the system's choice holds.
(() => {
  "use strict";
  const states = ["auto", "light", "dark"];
  const root = document.documentElement;
  const read = () => root.dataset.theme ?? "auto";

  const apply = (state) => {
    if (state === "auto") delete root.dataset.theme;
    else root.dataset.theme = state;
    try {
      if (state === "auto") localStorage.removeItem("gh-theme");
      else localStorage.setItem("gh-theme", state);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  };

  const start = () => {
    // One in the header, and one in its menu on narrow screens.
    const buttons = [...document.querySelectorAll("body > header .gh-theme-toggle")];
    const label = () => {
      for (const button of buttons) button.textContent = button.dataset[read()];
    };
    label();
    for (const button of buttons) {
      button.addEventListener("click", () => {
        apply(states[(states.indexOf(read()) + 1) % states.length]);
        label();
      });
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

// Code that is wider than the screen scrolls by keyboard too.
(() => {
  "use strict";
  const reach = () => {
    for (const block of document.querySelectorAll("pre")) {
      if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
      else block.removeAttribute("tabindex");
    }
  };
  addEventListener("load", reach);
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
})();

// The search opens over the page with Ctrl-K, with "/" and by its link, which without scripts leads
// to a page. What it needs is loaded when it is first opened.
(() => {
  "use strict";
  const start = () => {
    const dialog = document.querySelector("body > .gh-search-dialog");
    if (!dialog) return;
    const root = new URL(document.documentElement.dataset.content_root, document.baseURI);
    const load = () => import(new URL("_static/search.js", root).href);
    const failed = () => {
      dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
    };
    const open = () => {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("[role=combobox]").select();
      load().then(({ startDialog }) => startDialog(dialog, root), failed);
    };

    const results = document.querySelector("main form[role=search]")?.closest(".gh-results");
    if (results) load().then(({ startPage }) => startPage(results, dialog.dataset, root), failed);

    const link = document.querySelector(".gh-header a.gh-search");
    link?.setAttribute("aria-haspopup", "dialog");
    link?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    });
    const isKeyOff = () => {
      try {
        return localStorage.getItem("gh-search-key") === "off";
      } catch {
        return false;
      }
    };
    const isTyping = (target) => target.isContentEditable
      || target.matches?.("input, textarea, select, [role=textbox]");
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const command = event.ctrlKey || event.metaKey;
      const isAsked = command ? event.key.toLowerCase() === "k" && !event.shiftKey
        : event.key === "/" && !isTyping(event.target) && !isKeyOff();
      if (!isAsked) return;
      event.preventDefault();
      open();
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
