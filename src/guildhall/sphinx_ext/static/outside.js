// Pictures of other sites: asked for on a click, and never before.
(() => {
  "use strict";

  const start = () => {
    for (const box of document.querySelectorAll("[data-gh-picture]")) {
      if (!/^(https?:)?\/\//i.test(box.dataset.ghPicture)) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "gh-outside-button";
      button.textContent = box.dataset.ghLabel;
      button.addEventListener("click", () => {
        const picture = document.createElement("img");
        picture.alt = box.dataset.ghAlt;
        picture.referrerPolicy = "no-referrer";
        picture.src = box.dataset.ghPicture;
        box.replaceChildren(picture);
      });
      box.append(" ", button);
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
