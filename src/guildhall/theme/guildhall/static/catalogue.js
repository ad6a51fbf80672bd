// The catalogue's filters in place: several at once, and the address says which. Without JavaScript
// each filter is a link to a page of its own.
(() => {
  "use strict";

  const start = () => {
    const catalogue = document.querySelector(".gh-catalogue");
    if (!catalogue) return;
    const links = [...catalogue.querySelectorAll(".gh-filter a[data-facet]")];
    const cards = [...catalogue.querySelectorAll(".gh-catalogue-cards > .gh-card")];
    const words = catalogue.querySelector(".gh-filters")?.dataset;
    if (!links.length || !words.count) return;

    const tools = document.createElement("div");
    tools.className = "gh-catalogue-tools";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "gh-copy";
    clear.textContent = words.clear;
    tools.append(status, clear);
    catalogue.querySelector(".gh-filters").after(tools);

    const chosen = () => {
      const query = new URLSearchParams(location.search);
      const known = new Set(links.map((link) => link.dataset.facet));
      return new Map([...known].map((facet) => [facet, new Set(query.getAll(facet))]));
    };

    const has = (card, facet, value) => (card.getAttribute(`data-${facet}`) ?? "").split(" ")
      .includes(value);

    // Values of one facet widen the choice, facets narrow it.
    const matches = (card, filters, but = null) => [...filters].every(([facet, values]) =>
      facet === but || !values.size || [...values].some((value) => has(card, facet, value)));

    const show = () => {
      const filters = chosen();
      let shown = 0;
      for (const card of cards) {
        card.hidden = !matches(card, filters);
        if (!card.hidden) shown += 1;
      }
      for (const link of links) {
        const { facet, value } = link.dataset;
        const count = cards.filter((card) => has(card, facet, value) &&
          matches(card, filters, facet)).length;
        const isChosen = filters.get(facet).has(value);
        link.textContent = `${link.dataset.label} (${count})`;
        if (isChosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      clear.hidden = ![...filters.values()].some((values) => values.size);
      status.textContent = words.count.replace("{shown}", shown).replace("{all}", cards.length);
    };

    for (const link of links) link.dataset.label = link.textContent.replace(/ \(\d+\)$/, "");

    const go = (query) => {
      const text = query.toString();
      history.pushState(null, "", text ? `?${text}` : location.pathname);
      show();
    };

    catalogue.addEventListener("click", (event) => {
      const link = event.target.closest(".gh-filter a[data-facet]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const query = new URLSearchParams(location.search);
      const { facet, value } = link.dataset;
      const values = query.getAll(facet);
      query.delete(facet);
      const rest = values.filter((each) => each !== value);
      if (rest.length === values.length) rest.push(value);
      for (const each of rest) query.append(facet, each);
      go(query);
    });
    clear.addEventListener("click", () => {
      go(new URLSearchParams());
      links[0].focus();
    });
    addEventListener("popstate", show);
    show();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
