// On pages of lessons: the instructor's view, slides of a page, printing without solutions, and marks
// of the pages that were read.
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

  // Pages that were read to their end are marked where the lesson lists them. Their addresses are
  // kept on this device alone.
  const marks = (button) => {
    if (!button) return;
    const key = `gh-read ${new URL(".", new URL(button.dataset.home, location)).pathname}`;
    const nameOf = (address) => new URL(address, location).pathname.replace(/index\.html$/, "");
    let read = [];
    try {
      read = JSON.parse(recall(key)) ?? [];
    } catch {
      // What is no list of ours is written anew.
    }

    const show = () => {
      button.hidden = !read.length;
      for (const link of document.querySelectorAll(".gh-sidebar a, .gh-menu a, #lesson-episodes a")) {
        link.querySelector(".gh-read")?.remove();
        if (!read.includes(nameOf(link.href))) continue;
        const mark = document.createElement("span");
        mark.className = "gh-read";
        const sign = document.createElement("span");
        sign.setAttribute("role", "img");
        sign.setAttribute("aria-label", button.dataset.read);
        sign.textContent = "✓";
        mark.append(" ", sign);
        link.append(mark);
      }
    };

    show();
    button.addEventListener("click", () => {
      read = [];
      keep(key, null);
      button.closest("details").querySelector("summary").focus();
      show();
    });

    const article = document.querySelector(".gh-article");
    if (!("page" in button.dataset) || !article) return;
    const end = article.appendChild(document.createElement("div"));
    new IntersectionObserver(([entry]) => {
      const name = nameOf(location);
      // Slides show the end below each of them.
      if (!entry.isIntersecting || "ghSlides" in root.dataset || read.includes(name)) return;
      read.push(name);
      keep(key, JSON.stringify(read));
      show();
    }).observe(end);
  };

  const start = () => {
    marks(document.querySelector(".gh-read-clear"));
    toggle(document.querySelector(".gh-view-switch"), "gh-instructor", instructorView);
    toggle(document.querySelector(".gh-answers-switch"), "gh-no-answers", answersInPrint);
    slides(document.querySelector(".gh-slides-start"));
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
