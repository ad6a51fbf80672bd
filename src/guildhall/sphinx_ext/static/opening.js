// A link into what is folded up or in another tab opens it, on the same page and from others.
(() => {
  "use strict";
  const openAround = (target) => {
    for (let each = target; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
      else if (each.matches(".sphinx-tabs-panel[hidden]")) {
        document.querySelector(`[role=tab][aria-controls="${CSS.escape(each.id)}"]`)?.click();
      } else if (each.matches("[role=tab][aria-selected=false]")) each.click();
      else if (each.matches(".sd-tab-content, .sd-tab-label")) {
        const label = each.matches("label") ? each : each.previousElementSibling;
        const input = document.getElementById(label?.htmlFor ?? "");
        if (input && !input.checked) {
          input.checked = true;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        }
      } else if (each.matches(".toggle-hidden")) {
        each.querySelector(".toggle-button, .toggle-button-hidden")?.click();
      }
    }
  };

  const openTarget = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // Not every address is one of UTF-8.
    }
    const target = name && document.getElementById(name);
    if (!target || target.checkVisibility?.()) return;
    openAround(target);
    target.scrollIntoView();
  };

  addEventListener("load", openTarget);
  addEventListener("hashchange", openTarget);
  // A second click on the same link changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#"]');
    if (link && link.hash && link.href === location.href) setTimeout(openTarget);
  });
})();
