// A picture that is shown smaller than it is opens over the page. Without JavaScript its link leads
// to the file.
(() => {
  "use strict";

  const open = (link, small) => {
    const dialog = document.createElement("dialog");
    dialog.className = "gh-zoomed";
    dialog.setAttribute("aria-label", small.alt);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "gh-copy";
    close.textContent = link.dataset.ghClose;
    const picture = document.createElement("img");
    picture.src = link.href;
    picture.alt = small.alt;
    // A drawing is as sharp in any size.
    if (/\.svg$/i.test(link.pathname)) picture.className = "gh-drawing";
    // What doesn't fit on the screen is reached by keyboard too.
    const box = document.createElement("div");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", small.alt);
    box.append(picture);
    dialog.append(close, box);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.gh-zoom");
    const small = link?.querySelector("img");
    if (!small || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link, small);
  });
})();
