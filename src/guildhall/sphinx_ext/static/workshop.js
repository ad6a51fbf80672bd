// A workshop's page as time goes by: what holds today, what goes on now, and times in the reader's
// own zone. Without JavaScript the page says what held when it was built, in the workshop's zone.
(() => {
  "use strict";

  const KEPT = "gh-zone";
  const OWN = "own";
  // Browsers keep some names that places no longer have.
  const RENAMED = {
    "America/Godthab": "America/Nuuk", "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu", "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh", "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
  };
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const ownPlace = (RENAMED[ownZone] ?? ownZone).replaceAll("_", " ");

  const remembered = () => {
    try {
      return localStorage.getItem(KEPT) === OWN;
    } catch {
      return false;
    }
  };

  const remember = (isOwn) => {
    try {
      if (isOwn) localStorage.setItem(KEPT, OWN);
      else localStorage.removeItem(KEPT);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  };

  const partsIn = (zone, moment) => {
    const format = new Intl.DateTimeFormat("en", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", timeZoneName: "longOffset",
    });
    const found = Object.fromEntries(format.formatToParts(moment)
      .map((part) => [part.type, part.value]));
    return {
      day: `${found.year}-${found.month}-${found.day}`,
      clock: `${found.hour}:${found.minute}`,
      // "GMT-04:00" is written "UTC−4", as the page writes its own.
      offset: found.timeZoneName.replace("GMT", "UTC").replace("-", "\u2212")
        .replace(/([+\u2212])0(\d)/, "$1$2").replace(":00", ""),
    };
  };

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // Where the choice of a zone stands; where there are times, the page keeps room for it.
  const place = (line) => {
    const found = line.querySelector(".gh-zone-choice");
    if (found) return found;
    line.append(" ");
    return line;
  };

  // What is dated is shown from its first moment until its last.
  const showDated = (now) => {
    for (const each of document.querySelectorAll(".gh-dated")) {
      const { since, until } = each.dataset;
      each.hidden = (since && now < Date.parse(since)) || (until && now >= Date.parse(until));
    }
  };

  class Workshop {
    constructor(head) {
      this.head = head;
      this.page = head.closest(".gh-agenda, section") ?? document.body;
      this.words = JSON.parse(head.dataset.words);
      this.language = head.dataset.language;
      this.times = [...this.page.querySelectorAll("time[datetime]")];
      for (const time of this.times) time.dataset.there = time.textContent;
      this.names = [...this.page.querySelectorAll(".gh-zone-name")];
      for (const name of this.names) name.dataset.there = name.textContent;
      this.sessions = [...this.page.querySelectorAll(".gh-session:not([data-cancelled])")]
        .map((box) => ({
          box, start: Date.parse(box.dataset.start), end: Date.parse(box.dataset.end),
        }));
      this.buttons = [];
      this.isOwn = false;
      this.offerZone();
    }

    // --- Zones ---

    offerZone() {
      const lines = this.page.querySelectorAll(".gh-zone-line");
      if (!this.times.length || !lines.length) return;
      const differ = this.times.some(({ dateTime }) => {
        const { day, clock } = partsIn(ownZone, new Date(dateTime));
        return `${day}T${clock}` !== dateTime.slice(0, 16);
      });
      if (!differ) {
        place(lines[0]).append(this.words.same);
        return;
      }
      for (const line of lines) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "gh-zone-button";
        button.addEventListener("click", () => {
          remember(!this.isOwn);
          this.useZone(!this.isOwn);
        });
        place(line).append(button);
        this.buttons.push(button);
      }
      this.useZone(remembered());
    }

    get ownName() {
      const offsets = this.times.map(({ dateTime }) => partsIn(ownZone, new Date(dateTime)).offset);
      return [ownPlace, ...new Set(offsets)].join(", ");
    }

    useZone(isOwn) {
      this.isOwn = isOwn;
      for (const time of this.times) time.textContent = isOwn ? this.inOwn(time) : time.dataset.there;
      for (const name of this.names) {
        if (!isOwn) name.textContent = name.dataset.there;
        else if (name.classList.contains("gh-zone-note")) {
          name.textContent = fill(this.words.in_mine, { zone: this.ownName });
        } else {
          const time = name.parentElement.querySelector("time");
          if (time) name.textContent = `(${partsIn(ownZone, new Date(time.dateTime)).offset})`;
        }
      }
      for (const button of this.buttons) {
        button.textContent = isOwn ? this.words.theirs
          : fill(this.words.mine, { zone: ownPlace });
      }
      this.said = "";
      this.tell(Date.now());
    }

    // The reader's time, with the date where it is another than the workshop's. Of two times in a
    // row, the last says it for both.
    inOwn(time) {
      const { clock } = partsIn(ownZone, new Date(time.dateTime));
      const date = this.shifted(time);
      const next = time.nextElementSibling;
      const isSaid = next?.matches("time") && this.shifted(next) === date;
      return date && !isSaid ? `${clock} (${date})` : clock;
    }

    shifted({ dateTime }) {
      const moment = new Date(dateTime);
      if (partsIn(ownZone, moment).day === dateTime.slice(0, 10)) return "";
      return this.date(moment, ownZone);
    }

    date(moment, timeZone) {
      return new Intl.DateTimeFormat(this.language, {
        timeZone, weekday: "short", day: "numeric", month: "short",
      }).format(moment);
    }

    // --- Now and next ---

    tell(now) {
      if (!this.sessions.length) return;
      const starts = this.sessions.map(({ start }) => start);
      const ends = this.sessions.map(({ end }) => end);
      const dayBefore = Math.min(...starts) - 24 * 60 * 60 * 1000;
      const isOn = now >= dayBefore && now < Math.max(...ends);
      const current = isOn ? this.sessions.filter(({ start, end }) => start <= now && now < end) : [];
      const following = Math.min(...starts.filter((start) => start > now));
      const next = isOn ? this.sessions.filter(({ start }) => start === following) : [];
      for (const { box } of this.sessions) {
        box.querySelector(".gh-session-mark")?.remove();
        box.removeAttribute("aria-current");
      }
      for (const { box } of current) {
        box.setAttribute("aria-current", "time");
        this.mark(box, "now");
      }
      for (const { box } of next) this.mark(box, "next");
      this.say(current, next, now);
    }

    mark(box, name) {
      const mark = document.createElement("span");
      mark.className = `gh-session-mark gh-session-${name}`;
      mark.textContent = this.words[name];
      box.prepend(mark);
    }

    // Said aloud only where it is another.
    say(current, next, now) {
      const parts = [
        ...current.map((session) => [session, "now", "until", session.end]),
        ...next.map((session) => [session, "next", "at", session.start]),
      ];
      const said = parts.map(([{ start }, name]) => `${name} ${start}`).join();
      if (said === this.said) return;
      this.said = said;
      if (!this.line) {
        if (!parts.length) return;
        this.line = document.createElement("div");
        this.line.className = "gh-now-line";
        this.line.setAttribute("aria-live", "polite");
        this.head.append(this.line);
      }
      this.line.hidden = !parts.length;
      this.line.replaceChildren(...parts.map(([{ box }, name, when, moment]) => {
        const line = document.createElement("p");
        const label = document.createElement("strong");
        label.textContent = `${this.words[name]}: `;
        const link = document.createElement("a");
        box.id ||= `gh-session-${this.sessions.findIndex((each) => each.box === box)}`;
        link.href = `#${box.id}`;
        link.textContent = this.title(box);
        const time = this.isOwn ? ownZone : this.head.dataset.zone;
        const { day, clock } = partsIn(time, moment);
        const isToday = day === partsIn(time, now).day;
        const shown = isToday ? clock : `${clock} (${this.date(moment, time)})`;
        line.append(label, link, `, ${fill(this.words[when], { time: shown })}`);
        return line;
      }));
    }

    title(box) {
      return box.querySelector(".gh-session-name").textContent;
    }
  }

  const start = () => {
    const workshops = [...document.querySelectorAll(".gh-workshop")]
      .map((head) => new Workshop(head));
    const tick = () => {
      const now = Date.now();
      showDated(now);
      for (const workshop of workshops) workshop.tell(now);
    };
    const wait = () => setTimeout(() => {
      tick();
      wait();
    }, 60000 - (Date.now() % 60000));
    tick();
    wait();
    // A page that slept catches up when it is looked at again.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) tick();
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
