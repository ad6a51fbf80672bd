// The catalogue's filters in place: several at once, and the address says which. Without JavaScript
// each filter is a link to a page of its own; on such a page, the links lead back to the catalogue
// and add to what the page is for.
(() => {
  "use strict";

  // Parts without a card that is shown are hidden with their headings; the others say how many.
  const settle = () => {
    for (const part of document.querySelectorAll(".gh-catalogue-part")) {
      const shown = part.querySelectorAll(".gh-card:not([hidden])").length;
      part.hidden = !shown;
      const count = part.querySelector(".gh-part-count");
      if (count) count.textContent = `(${shown})`;
    }
    for (const link of document.querySelectorAll(".gh-jumps a")) {
      link.parentElement.hidden = Boolean(document.getElementById(link.hash.slice(1))?.hidden);
    }
  };

  const start = () => {
    settle();
    document.addEventListener("gh-cards-moved", settle);
    const catalogue = document.querySelector(".gh-catalogue");
    const tools = catalogue?.querySelector(".gh-catalogue-tools");
    if (!tools) return;
    const links = [...catalogue.querySelectorAll(".gh-filter a[data-facet]")];
    const cards = [...catalogue.querySelectorAll(".gh-card")];
    const status = tools.querySelector("[role=status]");
    const clear = tools.querySelector("a");
    const chips = tools.querySelector(".gh-chips");
    const { facet: ownFacet, value: ownValue } = tools.dataset;
    for (const link of links) link.dataset.label = link.textContent.replace(/ \(\d+\)$/, "");
    const facets = [...new Set(links.map((link) => link.dataset.facet))];

    const has = (card, facet, value) => (card.getAttribute(`data-${facet}`) ?? "").split(" ")
      .includes(value);

    const chosen = () => {
      const query = new URLSearchParams(location.search);
      return new Map(facets.map((facet) => [facet, new Set(query.getAll(facet))]));
    };

    const toggled = (query, facet, value) => {
      const values = query.getAll(facet);
      const rest = values.filter((each) => each !== value);
      if (rest.length === values.length) rest.push(value);
      query.delete(facet);
      for (const each of rest) query.append(facet, each);
      return query;
    };

    const setCount = (link, count) => {
      link.textContent = `${link.dataset.label} (${count})`;
      link.classList.toggle("gh-filter-none", count === 0);
    };

    const bar = catalogue.querySelector(".gh-filters");
    const close = () => {
      for (const part of bar.querySelectorAll("details[open]")) part.open = false;
    };
    // Open values cover cards, so they close when the reader goes on.
    document.addEventListener("click", (event) => {
      if (!bar.contains(event.target)) close();
    });
    bar.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !bar.contains(relatedTarget)) close();
    });
    bar.addEventListener("keydown", (event) => {
      const open = event.key === "Escape" && bar.querySelector("details[open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary").focus();
    });

    if (ownFacet) {
      for (const link of links) {
        const { facet, value } = link.dataset;
        const query = new URLSearchParams([[ownFacet, ownValue]]);
        const address = new URL(clear.href);
        address.search = toggled(query, facet, value).toString();
        link.href = address.href;
        if (facet !== ownFacet) {
          setCount(link, cards.filter((card) => has(card, facet, value)).length);
        }
      }
      return;
    }

    // Values of one facet widen the choice, facets narrow it.
    const matches = (card, filters, but = null) => [...filters].every(([facet, values]) =>
      facet === but || !values.size || [...values].some((value) => has(card, facet, value)));

    const chip = ({ href, dataset: { facet, value, label } }) => {
      const item = document.createElement("li");
      const link = item.appendChild(document.createElement("a"));
      link.href = href;
      link.textContent = label;
      link.setAttribute("aria-label", tools.dataset.remove.replace("{name}", () => label));
      Object.assign(link.dataset, { facet, value });
      return item;
    };

    const show = () => {
      const filters = chosen();
      chips.replaceChildren(...links
        .filter(({ dataset }) => filters.get(dataset.facet).has(dataset.value)).map(chip));
      let shown = 0;
      for (const card of cards) {
        card.hidden = !matches(card, filters);
        if (!card.hidden) shown += 1;
      }
      settle();
      for (const link of links) {
        const { facet, value } = link.dataset;
        setCount(link, cards.filter((card) => has(card, facet, value) &&
          matches(card, filters, facet)).length);
        if (filters.get(facet).has(value)) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      clear.hidden = ![...filters.values()].some((values) => values.size);
      const words = tools.dataset.count.replace("{shown}", shown).replace("{all}", cards.length);
      // Said aloud only where it is another.
      if (status.textContent !== words) status.textContent = words;
      delete document.documentElement.dataset.ghNarrowing;
    };

    const go = (query) => {
      const text = query.toString();
      history.pushState(null, "", text ? `?${text}` : location.pathname);
      show();
    };

    catalogue.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-facet], .gh-catalogue-tools a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (link === clear) {
        go(new URLSearchParams());
        bar.querySelector("summary").focus();
        return;
      }
      const { facet, value } = link.dataset;
      const place = [...chips.querySelectorAll("a")].indexOf(link);
      go(toggled(new URLSearchParams(location.search), facet, value));
      if (place < 0) return;
      const left = chips.querySelectorAll("a");
      (left[Math.min(place, left.length - 1)] ?? bar.querySelector("summary")).focus();
    });
    addEventListener("popstate", show);
    document.addEventListener("gh-cards-moved", show);
    show();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
