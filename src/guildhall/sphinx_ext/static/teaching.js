// Videos and diagrams of other sites: asked for on a click, and never before. Times in the reader's
// own zone beside those of the text, and buttons that copy.
(() => {
  "use strict";

  const own = document.currentScript.src;

  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "gh-copy";
    made.textContent = text;
    if (act) made.addEventListener("click", act);
    return made;
  };

  // Pages may be written by strangers, so what is loaded is never taken from a page: players are
  // those of these two sites, and Mermaid is the portal's own copy or one that is known by its sum.
  const players = ["https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/"];
  const localMermaid = "mermaid.min.js";
  const remoteMermaid = {
    address: "https://cdn.jsdelivr.net/npm/mermaid@11.4.1/dist/mermaid.min.js",
    integrity: "sha384-rbtjAdnIQE/aQJGEgXrVUlMibdfTSa4PQju4HDhN3sR2PmaKFzhEafuePsl9H/9I",
  };

  const videos = () => {
    for (const box of document.querySelectorAll("[data-gh-player]")) {
      if (!players.some((player) => box.dataset.ghPlayer.startsWith(player))) continue;
      const made = button(box.dataset.ghLabel, () => {
        const frame = document.createElement("iframe");
        frame.src = box.dataset.ghPlayer;
        frame.style.maxInlineSize = box.dataset.ghWidth ?? "";
        frame.style.aspectRatio = box.dataset.ghAspect ?? "";
        frame.title = box.dataset.ghTitle;
        frame.allow = "fullscreen; picture-in-picture";
        frame.referrerPolicy = "strict-origin-when-cross-origin";
        made.replaceWith(frame);
        frame.focus();
      });
      box.append(made);
    }
  };

  const asks = /(?:https?:)?\/\/|url\s*\(|\\|@import|&#|#\w+;/i;

  let mermaid = null;
  const load = (isLocal) => {
    mermaid ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      if (isLocal) script.src = new URL(localMermaid, own).href;
      else {
        script.src = remoteMermaid.address;
        script.integrity = remoteMermaid.integrity;
        script.crossOrigin = "anonymous";
      }
      script.onload = () => {
        // Each theme has its own way to say so, and all mean the colour scheme.
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = "light-dark(#fff, #000)";
        const dark = getComputedStyle(probe).color === "rgb(0, 0, 0)";
        probe.remove();
        window.mermaid.initialize({
          startOnLoad: false,
          securityLevel: "strict",
          theme: dark ? "dark" : "default",
        });
        resolve(window.mermaid);
      };
      script.onerror = () => {
        // A later click may find the network back.
        mermaid = null;
        reject(new Error("Mermaid can't be loaded"));
      };
      document.head.append(script);
    });
    return mermaid;
  };

  const diagrams = () => {
    document.querySelectorAll("[data-gh-diagram]").forEach((box, index) => {
      const isLocal = "ghLocal" in box.dataset;
      const code = box.querySelector("pre")?.textContent;
      // A diagram of strangers that names pictures or styles of other sites stays text.
      if (!code || (box.closest(".gh-foreign") && asks.test(code))) return;
      const status = document.createElement("p");
      status.setAttribute("role", "status");
      const draw = async () => {
        let svg;
        try {
          ({ svg } = await (await load(isLocal)).render(`gh-mermaid-${index}`, code));
        } catch {
          // Its source stays on the page.
          status.textContent = box.dataset.ghFailed;
          return;
        }
        status.textContent = "";
        const picture = document.createElement("div");
        picture.setAttribute("role", "img");
        picture.setAttribute("aria-label", box.dataset.ghDiagram);
        picture.innerHTML = svg;
        box.prepend(picture);
        const source = box.querySelector("details");
        if (source) source.open = false;
        box.querySelector(":scope > button")?.remove();
      };
      box.prepend(status);
      if (isLocal) draw();
      else box.prepend(button(box.dataset.ghDraw, draw));
    });
  };

  const times = () => {
    for (const time of document.querySelectorAll("time.gh-localtime[datetime]")) {
      const when = new Date(time.dateTime);
      if (Number.isNaN(when.getTime())) continue;
      const local = when.toLocaleString(document.documentElement.lang, {
        dateStyle: "medium",
        timeStyle: "short",
      });
      time.append(` (${local}, ${Intl.DateTimeFormat().resolvedOptions().timeZone})`);
    }
  };

  const copying = (button, text, copied) => {
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    status.className = "gh-hidden";
    button.after(status);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = copied;
      status.textContent = copied;
    });
  };

  const copyButtons = () => {
    for (const made of document.querySelectorAll("button[data-gh-text]")) {
      // Browsers have none for sites without encryption.
      if (navigator.clipboard) copying(made, made.dataset.ghText, made.dataset.ghCopied);
      else made.hidden = true;
    }
    if (!navigator.clipboard) return;
    for (const block of document.querySelectorAll("[data-gh-copy]")) {
      const made = button(block.dataset.ghCopy);
      block.append(made);
      copying(made, block.querySelector("pre").textContent, block.dataset.ghCopied);
    }
  };

  const start = () => {
    videos();
    diagrams();
    times();
    copyButtons();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
