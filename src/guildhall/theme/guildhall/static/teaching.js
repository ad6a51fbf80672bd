// Videos and diagrams of other sites: asked for on a click, and never before. Times in the reader's
// own zone beside those of the text.
(() => {
  "use strict";

  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "gh-copy";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };

  const videos = () => {
    for (const box of document.querySelectorAll("[data-gh-player]")) {
      const made = button(box.dataset.ghLabel, () => {
        const frame = document.createElement("iframe");
        frame.src = box.dataset.ghPlayer;
        frame.title = box.dataset.ghTitle;
        frame.allow = "fullscreen; picture-in-picture";
        frame.referrerPolicy = "strict-origin-when-cross-origin";
        made.replaceWith(frame);
        frame.focus();
      });
      box.append(made);
    }
  };

  let mermaid = null;
  const load = (source) => {
    mermaid ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const own = document.querySelector('script[src*="_static/guildhall.js"]');
      script.src = source.includes("://") ? source : new URL(source, own.src).href;
      script.onload = () => {
        const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark") &&
          (document.documentElement.dataset.theme === "dark" ||
            (!document.documentElement.dataset.theme &&
              matchMedia("(prefers-color-scheme: dark)").matches));
        window.mermaid.initialize({
          startOnLoad: false,
          securityLevel: "strict",
          theme: dark ? "dark" : "default",
        });
        resolve(window.mermaid);
      };
      script.onerror = reject;
      document.head.append(script);
    });
    return mermaid;
  };

  const diagrams = () => {
    document.querySelectorAll("[data-gh-diagram]").forEach((box, index) => {
      const draw = async () => {
        const code = box.querySelector("pre").textContent;
        const { svg } = await (await load(box.dataset.ghScript)).render(`gh-mermaid-${index}`, code);
        const picture = document.createElement("div");
        picture.setAttribute("role", "img");
        picture.setAttribute("aria-label", box.dataset.ghDiagram);
        picture.innerHTML = svg;
        box.prepend(picture);
        box.querySelector("details").open = false;
        box.querySelector(":scope > button")?.remove();
      };
      if (box.dataset.ghScript.includes("://")) box.prepend(button(box.dataset.ghDraw, draw));
      else draw();
    });
  };

  const times = () => {
    for (const time of document.querySelectorAll(".gh-localtime")) {
      const when = new Date(time.textContent);
      if (Number.isNaN(when.getTime())) continue;
      const local = when.toLocaleString(document.documentElement.lang, {
        dateStyle: "medium",
        timeStyle: "short",
      });
      time.append(` (${local}, ${Intl.DateTimeFormat().resolvedOptions().timeZone})`);
    }
  };

  const start = () => {
    videos();
    diagrams();
    times();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
