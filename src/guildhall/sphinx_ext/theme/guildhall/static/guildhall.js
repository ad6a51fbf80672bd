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
