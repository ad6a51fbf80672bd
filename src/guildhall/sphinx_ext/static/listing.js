// Lists of workshops on the day when they are read: what ran when the portal was built may be over
// by now. Without JavaScript they are right on the day of the build.
(() => {
  "use strict";

  const ORDER = ["running", "upcoming", "past"];

  const phaseOf = ({ dataset }, now) => {
    if (now >= Date.parse(dataset.end)) return "past";
    // Somewhere between its dates, nobody can say yet that it runs.
    return now < Date.parse(dataset.start) || "open" in dataset ? "upcoming" : "running";
  };

  // As the portal orders them: first what runs and what is to come, the soonest first, then what is
  // over, the newest first.
  const inOrder = (one, other) => {
    const [phase, rest] = [one, other].map((card) => card.dataset.phase);
    if (phase !== rest) return ORDER.indexOf(phase) - ORDER.indexOf(rest);
    const [start, later] = [one, other].map((card) => Date.parse(card.dataset.start));
    return phase === "past" ? later - start : start - later;
  };

  const correct = (listing, now) => {
    const cards = [...listing.querySelectorAll(".gh-card[data-start]")];
    const moved = cards.filter((card) => phaseOf(card, now) !== card.dataset.phase);
    if (!moved.length) return false;
    for (const card of moved) card.dataset.phase = phaseOf(card, now);
    const { phase: wanted, limit } = listing.dataset;
    const counts = { running: 0, upcoming: 0, past: 0 };
    let shown = 0;
    for (const card of cards.sort(inOrder)) {
      const { phase, year } = card.dataset;
      const parts = `.gh-catalogue-part[data-phase="${phase}"]`;
      const part = listing.querySelector(`${parts}[data-year="${year}"]`)
        ?? listing.querySelector(`${parts}:not([data-year])`);
      (part?.querySelector(".gh-cards") ?? card.parentElement).append(card);
      card.hidden = (wanted && phase !== wanted) || (limit && shown >= Number(limit));
      if (card.hidden) continue;
      shown += 1;
      counts[phase] += 1;
    }
    for (const empty of listing.querySelectorAll(".gh-listing-empty")) {
      const phases = empty.dataset.phases?.split(" ") ?? ORDER;
      empty.hidden = phases.some((phase) => counts[phase]);
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
