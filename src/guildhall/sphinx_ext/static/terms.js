// Terms show what they mean on hover and focus, until Escape. Without JavaScript that is the title of
// their links, which pointers alone show.
(() => {
  "use strict";
  if (!HTMLElement.prototype.showPopover) return;

  const box = document.createElement("div");
  box.id = "gh-term";
  box.className = "gh-term";
  box.setAttribute("role", "tooltip");
  box.popover = "manual";

  let shown = null;
  let waiting = 0;

  const stay = () => {
    clearTimeout(waiting);
    waiting = 0;
  };

  const hide = () => {
    stay();
    if (!shown) return;
    box.hidePopover();
    shown.removeAttribute("aria-describedby");
    shown.title = box.textContent;
    shown = null;
  };

  // The pointer may go over to what is shown.
  const hideSoon = () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      if (!shown?.matches(":hover") && !box.matches(":hover")) hide();
    }, 300);
  };

  const place = (link) => {
    const around = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(around.left, width - box.offsetWidth - 8));
    const below = around.bottom + 4;
    const isBelow = below + box.offsetHeight <= innerHeight || around.top < box.offsetHeight + 4;
    const top = isBelow ? below : around.top - box.offsetHeight - 4;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${top + scrollY}px`;
  };

  const show = (link) => {
    stay();
    if (link === shown) return;
    hide();
    shown = link;
    box.textContent = link.title;
    link.removeAttribute("title");
    link.setAttribute("aria-describedby", box.id);
    if (!box.isConnected) document.body.append(box);
    box.showPopover();
    place(link);
  };

  const termAt = (target) => {
    const link = target.closest?.("a");
    return link && (link === shown || (link.title && link.querySelector(".std-term"))) ? link : null;
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = termAt(event.target);
    if (link) show(link);
    else if (box.contains(event.target)) stay();
    else if (shown && shown !== document.activeElement) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const link = termAt(event.target);
    if (link?.matches(":focus-visible")) show(link);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shown) hideSoon();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    hide();
    // What else Escape ends goes on.
    event.stopPropagation();
  }, true);
})();
