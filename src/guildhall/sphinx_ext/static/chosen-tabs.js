// A tab that a reader chose is chosen again wherever another page has one of its name; the latest of
// several. The names stay on this device. Tabs that authors tie together with `sync` change together.
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

  const nameOf = (tab) => {
    const { syncGroup, syncId } = tab.dataset;
    return syncId ? `${syncGroup} ${syncId}` : tab.textContent.trim();
  };

  const remember = (tab) => {
    const names = [nameOf(tab), ...recall().filter((name) => name !== nameOf(tab))];
    try {
      localStorage.setItem(key, JSON.stringify(names.slice(0, most)));
    } catch {
      // As above.
    }
  };

  const asked = new URLSearchParams(location.search);

  const latest = (tabs) => {
    // An address may name one that is tied, as in `?tab=windows`.
    const named = tabs.find(({ dataset }) => dataset.syncId
      && asked.get(dataset.syncGroup) === dataset.syncId);
    if (named) return named;
    const names = recall();
    const places = tabs.map((tab) => names.indexOf(nameOf(tab)));
    const known = places.filter((place) => place >= 0);
    return known.length ? tabs[places.indexOf(Math.min(...known))] : null;
  };

  const children = (element, selector) => (
    [...element.children].filter((each) => each.matches(selector))
  );

  const check = (label) => {
    const input = document.getElementById(label?.htmlFor ?? "");
    if (input) input.checked = true;
  };

  const start = () => {
    for (const set of document.querySelectorAll(".sd-tab-set")) {
      check(latest(children(set, ".sd-tab-label")));
    }
    for (const list of document.querySelectorAll(".sphinx-tabs > [role=tablist]")) {
      const tabs = children(list, "[role=tab]");
      const chosen = latest(tabs);
      for (const tab of chosen ? tabs : []) {
        const isChosen = tab === chosen;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        const panel = document.getElementById(tab.getAttribute("aria-controls"));
        panel?.toggleAttribute("hidden", !isChosen);
      }
    }
  };

  document.addEventListener("change", (event) => {
    const label = event.target.nextElementSibling;
    if (!label?.matches(".sd-tab-set > .sd-tab-label")) return;
    // What a link opens is no choice of the reader's.
    if (event.isTrusted) remember(label);
    for (const other of label.dataset.syncId ? document.querySelectorAll(".sd-tab-label") : []) {
      if (other.dataset.syncId && nameOf(other) === nameOf(label)) check(other);
    }
  });
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.(".sphinx-tabs [role=tab]");
    if (event.isTrusted && tab) remember(tab);
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
