// On pages of lessons: the instructor's view, slides of a page, and printing without solutions.
// Without JavaScript all of a page can be read as it is.
(() => {
  "use strict";
  const root = document.documentElement;

  const keep = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  };

  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  // A button with two states that stay from page to page.
  const toggle = (button, key, change) => {
    if (!button) return;
    const show = (on) => {
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? button.dataset.on : button.dataset.off;
      change(on);
    };
    show(recall(key) === "on");
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      keep(key, on ? "on" : null);
      show(on);
    });
  };

  const instructorView = (on) => {
    root.dataset.ghView = on ? "instructor" : "learner";
    for (const details of document.querySelectorAll("details.instructor-note, details.solution")) {
      if (!on && !("ghOpened" in details.dataset)) continue;
      if (on && !details.open) {
        details.open = true;
        details.dataset.ghOpened = "";
      } else if (!on) {
        details.open = false;
        delete details.dataset.ghOpened;
      }
    }
  };

  const answersInPrint = (on) => {
    if (on) root.dataset.ghAnswers = "hidden";
    else delete root.dataset.ghAnswers;
  };

  // Slides: each heading begins one; the page itself is shown, nothing is copied.
  const slides = (button) => {
    const article = document.querySelector(".gh-article > section");
    if (!button || !article) return;
    let shown = [];
    let at = 0;
    let bar = null;

    const split = () => {
      const found = [];
      let current = [];
      const walk = (section) => {
        for (const child of section.children) {
          if (child.tagName === "SECTION") {
            if (current.length) found.push(current);
            current = [];
            walk(child);
          } else current.push(child);
        }
      };
      walk(article);
      if (current.length) found.push(current);
      return found.filter((slide) => slide.some((each) => each.textContent.trim()));
    };

    const show = (index) => {
      at = Math.min(Math.max(index, 0), shown.length - 1);
      shown.forEach((slide, number) => {
        for (const each of slide) each.classList.toggle("gh-slide-off", number !== at);
      });
      bar.querySelector("output").textContent = `${at + 1} / ${shown.length}`;
      window.scrollTo(0, 0);
    };

    const end = () => {
      for (const slide of shown) for (const each of slide) each.classList.remove("gh-slide-off");
      delete root.dataset.ghSlides;
      bar.remove();
      document.removeEventListener("keydown", onKey);
      button.focus();
    };

    const onKey = (event) => {
      if (event.target.closest("input, textarea, select, summary, [role=tab]")) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const steps = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
      if (event.key === "Escape") end();
      else if (event.key in steps) show(at + steps[event.key]);
      else if (event.key === "Home") show(0);
      else if (event.key === "End") show(shown.length - 1);
      else return;
      event.preventDefault();
    };

    const make = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    };

    button.addEventListener("click", () => {
      shown = split();
      bar = document.createElement("div");
      bar.className = "gh-slides-bar";
      const place = document.createElement("output");
      const next = make(button.dataset.next, () => show(at + 1));
      bar.append(
        make(button.dataset.previous, () => show(at - 1)),
        place,
        next,
        make(button.dataset.end, end),
      );
      document.body.append(bar);
      root.dataset.ghSlides = "";
      document.addEventListener("keydown", onKey);
      show(0);
      next.focus();
    });
  };

  const start = () => {
    toggle(document.querySelector(".gh-view-switch"), "gh-instructor", instructorView);
    toggle(document.querySelector(".gh-answers-switch"), "gh-no-answers", answersInPrint);
    slides(document.querySelector(".gh-slides-start"));
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
