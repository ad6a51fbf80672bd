// Lists of workshops on the day when they are read: what ran when the portal was built may be over
// by now. Without JavaScript they are right on the day of the build.
(() => {
  "use strict";

  // Where a workshop stands in lists, in their order, and under which heading.
  const PHASES = {
    running: "running", open: "upcoming", dated: "upcoming", undated: "upcoming", past: "past",
  };
  const RANKS = Object.keys(PHASES);

  const holds = (span, now) => {
    if (span === undefined) return false;
    const [since, until] = span.split("/");
    return !(since && now < Date.parse(since)) && !(until && now >= Date.parse(until));
  };

  const rankOf = ({ dataset }, now) => {
    if (now >= Date.parse(dataset.end)) return "past";
    // Somewhere between its dates, nobody can say yet that it runs.
    if ("undated" in dataset) return "undated";
    if (now >= Date.parse(dataset.start)) return "running";
    return holds(dataset.open, now) ? "open" : "dated";
  };

  // As the portal orders them: of those of one rank the soonest first, of past ones the newest.
  const inOrder = (one, other) => {
    const [rank, rest] = [one, other].map((card) => card.dataset.rank);
    if (rank !== rest) return RANKS.indexOf(rank) - RANKS.indexOf(rest);
    const [start, later] = [one, other].map((card) => Date.parse(card.dataset.start));
    return rank === "past" ? later - start : start - later;
  };

  const correct = (listing, now) => {
    const cards = [...listing.querySelectorAll(".gh-card[data-start]")];
    const moved = cards.filter((card) => rankOf(card, now) !== card.dataset.rank);
    if (!moved.length) return false;
    for (const card of moved) card.dataset.rank = rankOf(card, now);
    const { phase: wanted, limit, undated } = listing.dataset;
    const counts = Object.fromEntries([...RANKS, "upcoming"].map((name) => [name, 0]));
    let shown = 0;
    for (const card of cards.sort(inOrder)) {
      const { rank, year } = card.dataset;
      const phase = PHASES[rank];
      const parts = `.gh-catalogue-part[data-phase="${phase}"]`;
      const part = listing.querySelector(`${parts}[data-year="${year}"]`)
        ?? listing.querySelector(`${parts}:not([data-year])`);
      (part?.querySelector(".gh-cards") ?? card.parentElement).append(card);
      // A list of so many is one of what is next, unless it says otherwise. Where a list has a
      // limit for them, those without dates are shown only if there are none with dates.
      const isWanted = wanted ? phase === wanted : !limit || phase !== "past";
      const hasOwnLimit = undated && rank === "undated" && shown === counts.undated;
      const most = hasOwnLimit ? undated : limit;
      card.hidden = !isWanted || Boolean(most && shown >= Number(most));
      if (card.hidden) continue;
      shown += 1;
      counts[rank] += 1;
      if (phase !== rank) counts[phase] += 1;
    }
    for (const empty of listing.querySelectorAll(".gh-listing-empty")) {
      const names = empty.dataset.of?.split(" ") ?? RANKS;
      empty.hidden = names.some((name) => counts[name]);
    }
    return true;
  };

  // The day of the reader's calendar, and months that are over.
  const markToday = (months, now) => {
    const day = new Date(now);
    const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
    const today = parts.map((part) => String(part).padStart(2, "0")).join("-");
    for (const cell of months.querySelectorAll("td[data-day]")) {
      if (cell.dataset.day === today) cell.setAttribute("aria-current", "date");
      else cell.removeAttribute("aria-current");
    }
    if (!("current" in months.dataset)) return;
    let shown = 0;
    for (const month of months.querySelectorAll("[data-month]")) {
      month.hidden = month.dataset.month < today.slice(0, 7);
      if (!month.hidden) shown += 1;
    }
    for (const empty of months.querySelectorAll(".gh-listing-empty")) empty.hidden = shown > 0;
  };

  const start = () => {
    const listings = [...document.querySelectorAll(".gh-listing")];
    const months = document.querySelectorAll(".gh-months");
    const tick = () => {
      const now = Date.now();
      const moved = listings.map((listing) => correct(listing, now));
      for (const each of months) markToday(each, now);
      if (moved.includes(true)) document.dispatchEvent(new Event("gh-cards-moved"));
    };
    tick();
    // What changes, changes at a full hour somewhere; half an hour late is early enough.
    setInterval(tick, 30 * 60 * 1000);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) tick();
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
