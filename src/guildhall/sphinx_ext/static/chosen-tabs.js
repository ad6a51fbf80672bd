// A tab that a reader chose is chosen again wherever another page has one of its name; the latest of
// several. The names stay on this device. Tabs whose authors tie them together with `sync` have a
// script of their own.
(() => {
  "use strict";
  const key = "gh-tabs";
  const most = 50;

  const recall = () => {
    try {
      const names = JSON.parse(localStorage.getItem(key));
      return Array.isArray(names) ? names : [];
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
      return [];
    }
  };

  const nameOf = (tab) => tab.textContent.trim();

  const remember = (tab) => {
    const names = [nameOf(tab), ...recall().filter((name) => name !== nameOf(tab))];
    try {
      localStorage.setItem(key, JSON.stringify(names.slice(0, most)));
    } catch {
      // As above.
    }
  };

  const latest = (tabs) => {
    const names = recall();
    const places = tabs.map((tab) => names.indexOf(nameOf(tab)));
    const known = places.filter((place) => place >= 0);
    return known.length ? tabs[places.indexOf(Math.min(...known))] : null;
  };

  const children = (element, selector) => [...element.children].filter((each) => each.matches(selector));

  const start = () => {
    for (const set of document.querySelectorAll(".sd-tab-set")) {
      const labels = children(set, ".sd-tab-label");
      const input = document.getElementById(latest(labels)?.htmlFor ?? "");
      if (input && !labels.some((label) => label.dataset.syncId)) input.checked = true;
    }
    for (const list of document.querySelectorAll(".sphinx-tabs > [role=tablist]")) {
      const tabs = children(list, "[role=tab]");
      const chosen = latest(tabs);
      for (const tab of chosen ? tabs : []) {
        const isChosen = tab === chosen;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        document.getElementById(tab.getAttribute("aria-controls"))?.toggleAttribute("hidden", !isChosen);
      }
    }
  };

  // What a link opens is no choice of the reader's.
  document.addEventListener("change", (event) => {
    const label = event.target.nextElementSibling;
    if (!event.isTrusted || !label?.matches(".sd-tab-set > .sd-tab-label")) return;
    if (!label.dataset.syncId) remember(label);
  });
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.(".sphinx-tabs [role=tab]");
    if (event.isTrusted && tab) remember(tab);
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
