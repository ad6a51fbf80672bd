// Reloads this page when the preview has built it anew, and shows what is wrong.
// The preview puts it into pages as it serves them; it is in no published site.
"use strict";
(() => {
  const script = document.currentScript;
  const page = JSON.parse(script.dataset.page);
  let build = Number(script.dataset.build);

  // The page itself, or a file that it shows, such as a picture or a style sheet.
  function isOurs(changed) {
    const names = new Set(changed);
    if (names.has(page)) return true;
    const used = document.querySelectorAll("img[src], script[src], link[rel~=stylesheet][href], source[src]");
    return [...used].some((element) => {
      const address = new URL(element.src || element.href, location.href);
      return address.origin === location.origin && names.has(decodeURIComponent(address.pathname.slice(1)));
    });
  }

  function line(text, weight) {
    const item = document.createElement("li");
    item.textContent = text;
    item.style.cssText = `margin:.25rem 0;font-weight:${weight};overflow-wrap:anywhere`;
    return item;
  }

  function show(failure, findings) {
    document.getElementById("guildhall-preview")?.remove();
    const count = findings.length + (failure ? 1 : 0);
    if (!count) return;
    const here = findings.filter((finding) => finding.page === page);
    const box = document.createElement("details");
    box.id = "guildhall-preview";
    box.open = failure !== "" || here.length > 0;
    box.setAttribute("role", "status");
    box.style.cssText =
      "position:fixed;inset:auto 1rem 1rem auto;z-index:2147483647;max-width:min(46rem,calc(100vw - 2rem));" +
      "max-height:60vh;overflow:auto;padding:.5rem 1rem;border:2px solid #b3261e;border-radius:.5rem;" +
      "background:#fff;color:#1b1b1b;font:14px/1.4 system-ui,sans-serif";
    const summary = document.createElement("summary");
    summary.textContent = count === 1 ? "1 finding" : `${count} findings`;
    summary.style.cursor = "pointer";
    const list = document.createElement("ul");
    list.style.cssText = "margin:.5rem 0 0;padding-left:1rem";
    if (failure) list.append(line(failure, "bold"));
    for (const finding of here) list.append(line(finding.text, "bold"));
    for (const finding of findings) {
      if (finding.page !== page) list.append(line(finding.text, "normal"));
    }
    box.append(summary, list);
    document.body.append(box);
  }

  const events = new EventSource(`/-guildhall/events?since=${build}`);
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    // A lower number is that of a preview that was started anew.
    if (isOurs(told.changed) || told.build < build) {
      events.close();
      location.reload();
      return;
    }
    build = told.build;
    show(told.failure, told.findings);
  };
  addEventListener("pagehide", () => events.close());
})();
