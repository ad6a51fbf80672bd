// Sphinx's search puts titles into its list of results as HTML. Some that it gets are HTML, others,
// such as those of sections, are text that may look like it. Here all become text.
(() => {
  "use strict";

  const asText = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
  const asHtml = (text) => {
    const element = document.createElement("span");
    element.textContent = text;
    return element.innerHTML;
  };

  const setIndex = Search.setIndex;
  Search.setIndex = (index) => setIndex({ ...index, titles: index.titles.map(asText) });

  const perform = Search._performSearch;
  Search._performSearch = (...query) => perform(...query)
    .map(([page, title, anchor, description, ...rest]) =>
      [page, asHtml(title), anchor, description && asHtml(description), ...rest]);
})();
