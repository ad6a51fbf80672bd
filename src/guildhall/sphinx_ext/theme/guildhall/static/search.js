// The search: an index in small files, of which each search loads a few, a dialog over every page,
// and the page of results. Whatever comes from pages is set as text, never as HTML.

const HITS = 8;
const RESULTS = 20;
const MOST_WORDS = 8;
const MOST_FILES = 4;

// How much a word counts by where it stands: title, headings, full of it, once.
const PLACES = [12, 5, 2.5, 1];
const EXACT = 1;
const SAME_STEM = 0.9;
const BEGINNING = 0.6;
const MISSPELT = 0.5;

const MOST_CLOSE = 12;
const MOST_MEANT = 2;
const SHORTEST_MISSPELT = 4;
const SHORTEST_STEM = 4;
const LONGEST_SUFFIX = 4;

const LETTERS = { ø: "o", æ: "ae", œ: "oe", ß: "ss", ð: "d", þ: "th", ł: "l", đ: "d", ı: "i" };
const WORD = /[\p{L}\p{N}]+/gu;

const fold = (word) => word.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
  .replace(/[øæœßðþłđı]/g, (letter) => LETTERS[letter]);

const wordsOf = (query) => {
  const words = [...new Set((query.normalize("NFC").match(WORD) ?? []).map(fold))];
  const longer = words.filter((word) => word.length > 1);
  return (longer.length ? longer : words).slice(0, MOST_WORDS);
};

// Whether two words differ by one letter: another one, one too many or too few, or two swapped.
const areNear = (one, other) => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  return short.slice(at + 1) === long.slice(at + 1)
    || (short[at] === long[at + 1] && short[at + 1] === long[at]
      && short.slice(at + 2) === long.slice(at + 2));
};

const nameOf = (letters) => [...letters]
  .map((sign) => (/[A-Za-z0-9]/.test(sign) ? sign : `_${sign.codePointAt(0).toString(16)}`))
  .join("");

class Index {
  #root;

  #files = new Map();

  #main;

  #begun = new Set();

  constructor(root) {
    this.#root = new URL("_search/", root);
  }

  async #load(name) {
    if (!this.#files.has(name)) {
      const url = new URL(name, this.#root);
      if (this.#main) url.searchParams.set("v", this.#main.version);
      const loaded = fetch(url, this.#main ? {} : { cache: "no-cache" }).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status} ${url}`);
        return answer.json();
      });
      loaded.catch(() => this.#files.delete(name));
      this.#files.set(name, loaded);
    }
    return this.#files.get(name);
  }

  async main() {
    if (!this.#main) {
      const main = await this.#load("index.json");
      this.beginnings = new Set(main.words);
      this.endings = new Set(main.endings);
      this.starts = [];
      this.size = 0;
      for (const [count] of main.groups) {
        this.starts.push(this.size);
        this.size += count;
      }
      this.#main = main;
    }
    return this.#main;
  }

  // What a page is: its weight, and its values by the names of filters.
  group(page) {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= page) low = middle;
      else high = middle;
    }
    const [, weight, area, kind, level, language] = this.#main.groups[low];
    return { weight, area, kind, level, language };
  }

  // The files whose words may begin with a word, or one of whose words it may be itself.
  async #near(word) {
    const main = await this.main();
    let own = word;
    while (own && !this.beginnings.has(own)) own = own.slice(0, -1);
    const longer = main.words.filter((each) => each !== own && each.startsWith(word));
    const names = [...(own ? [own] : []), ...(longer.length <= MOST_FILES ? longer : [])];
    // So many words begin like this that it is none of them yet.
    if (longer.length > MOST_FILES) this.#begun.add(word);
    const files = names.map((each) => this.#load(`words-${nameOf(each)}.json`));
    // Some words, such as "constructor", are names of what objects have.
    return Object.assign(Object.create(null), ...await Promise.all(files));
  }

  // The forms that differ from a word by one letter, those that most pages have first.
  async #misspelt(word, near) {
    const found = new Set(Object.keys(near));
    let ending = [...word].reverse().join("");
    while (ending && !this.endings.has(ending)) ending = ending.slice(0, -1);
    if (ending) {
      for (const form of await this.#load(`endings-${nameOf(ending)}.json`)) found.add(form);
    }
    // Where two letters of a short word are swapped, neither its beginning nor its end is right.
    const swapped = [...word].slice(1).map((letter, at) =>
      word.slice(0, at) + letter + word[at] + word.slice(at + 2));
    const isShort = word.length < SHORTEST_MISSPELT;
    if (word.length <= SHORTEST_MISSPELT) for (const form of swapped) found.add(form);
    const close = [...found].filter((form) => form !== word
      && (isShort ? swapped.includes(form) : areNear(form, word)));
    const known = await Promise.all(close.slice(0, MOST_CLOSE)
      .map(async (form) => [form, (await this.#near(form))[form]]));
    const pages = ([, entry]) => entry.slice(1).reduce((sum, some) => sum + some.length, 0);
    return known.filter(([, entry]) => entry).sort((one, other) => pages(other) - pages(one))
      .slice(0, MOST_MEANT).map(([form]) => form);
  }

  // All forms by which a word is found: each with where it stands, and how well it fits.
  async forms(word, isMeant = false) {
    const near = await this.#near(word);
    const stemsOf = (form) => [form, ...(near[form][0] ? near[form][0].split(" ") : [])];
    const having = (isStem) => Object.keys(near).filter((form) => stemsOf(form).some(isStem));
    const right = (kin) => ({
      isRight: true,
      found: [...new Set([...kin, ...Object.keys(near).filter((form) => form.startsWith(word))])]
        .map((form) => [form, near[form], form === word ? EXACT : kin.includes(form) ? SAME_STEM
          : BEGINNING * Math.sqrt(word.length / form.length)]),
    });
    if (word in near) {
      const stems = new Set(stemsOf(word));
      return right(having((stem) => stems.has(stem)));
    }
    const begun = right([]);
    if (begun.found.length) return begun;
    const close = isMeant ? [] : await this.#misspelt(word, near);
    if (close.length) {
      const meant = await Promise.all(close.map((form) => this.forms(form, true)));
      return {
        isRight: false,
        found: meant.flatMap(({ found }) => found)
          .map(([form, entry, quality]) => [form, entry, quality * MISSPELT]),
      };
    }
    // A form that no page has, of a word that some have.
    return right(having((stem) => stem.length >= SHORTEST_STEM && word.startsWith(stem)
      && word.length - stem.length <= LONGEST_SUFFIX));
  }

  // The pages with a word, each with how much it counts there, and how it stands in the title.
  static #pages(found) {
    const pages = new Map();
    for (const [, [, ...places], quality] of found) {
      places.forEach((gaps, place) => {
        let page = 0;
        const step = place ? 1 : 2;
        for (let at = 0; at < gaps.length; at += step) {
          page += gaps[at];
          const value = quality * PLACES[place];
          const known = pages.get(page);
          const ofTitle = place ? {} : { title: quality, of: gaps[at + 1] };
          if (!known || known.value < value) pages.set(page, { ...known, value, ...ofTitle });
        }
      });
    }
    return pages;
  }

  // The pages that a query finds, best first, with the forms of its words that they have.
  async search(query) {
    await this.main();
    const words = wordsOf(query);
    const asked = await Promise.all(words.map(async (word) => ({ word, ...await this.forms(word) })));
    const forms = new Set(asked.flatMap(({ found }) => found.map(([form]) => form)));
    const parts = asked.map(({ found }) => ({ found, pages: Index.#pages(found) }))
      // A word of which no page is told stands everywhere.
      .filter(({ pages, found }) => pages.size || !found.length);
    for (const part of parts) {
      // A rare word says more than one that many pages have.
      part.weight = Math.log(1 + (this.size + 1) / (part.pages.size + 0.5));
    }
    // Of a word that stands nearly everywhere, only titles and headings are told; others have it once.
    const isTold = ({ found }) => found.every(([, entry]) => entry[4] !== 0);
    const rare = parts.filter((part) => part.pages.size < this.size / 3 && isTold(part));
    const required = rare.length ? rare : parts;
    const all = parts.reduce((sum, { weight }) => sum + weight, 0);
    const scores = new Map();
    for (const part of parts) {
      for (const [page, { value, title, of }] of part.pages) {
        const score = scores.get(page) ?? { sum: 0, weight: 0, has: 0, titles: 0, of: 0 };
        score.sum += value * part.weight;
        score.weight += part.weight;
        if (required.includes(part)) score.has += 1;
        if (title) {
          score.titles += title;
          score.of = of;
        }
        scores.set(page, score);
      }
    }
    for (const part of parts.filter((each) => !isTold(each))) {
      for (const [page, score] of scores) {
        if (part.pages.has(page)) continue;
        score.sum += PLACES.at(-1) * part.weight;
        score.weight += part.weight;
      }
    }
    const most = Math.max(0, ...[...scores.values()].map(({ has }) => has));
    const hits = [];
    for (const [page, score] of scores) {
      if (score.has < most) continue;
      const title = score.of ? Math.min(score.titles / score.of, 1) : 0;
      const value = (score.sum / all) * (score.weight / all) * (1 + title)
        * (this.group(page).weight / 100);
      hits.push({ page, value, inTitle: score.titles > 0 });
    }
    hits.sort((one, other) => other.value - one.value || one.page - other.page);
    const instead = asked.filter(({ isRight, found }) => !isRight && found.length)
      .map(({ found }) => found[0][0]);
    const isBegun = asked.some(({ word, found }) => !found.length && this.#begun.has(word));
    return { hits, forms, instead, isBegun };
  }

  // What is told of a page.
  async page(number) {
    const main = await this.main();
    const file = await this.#load(`titles-${Math.floor(number / main.titles)}.json`);
    const [docname, address, title, trail, apart] = file.pages[number % main.titles];
    const group = this.group(number);
    return {
      docname,
      address,
      title,
      where: [main.labels.kind[group.kind], apart, file.trails[trail].join(" › ")]
        .filter(Boolean).join(" · "),
      language: main.values.language[group.language],
    };
  }

  text(docname) {
    return this.#load(`text/${docname.split("/").map(encodeURIComponent).join("/")}.json`);
  }
}

// --- Snippets ---------------------------------------------------------------------------------

const BEFORE = 60;
const AROUND = 180;

const matchesIn = (text, forms) => {
  const found = [];
  for (const match of text.matchAll(WORD)) {
    const form = fold(match[0]);
    if (forms.has(form)) found.push({ at: match.index, end: match.index + match[0].length, form });
  }
  return found;
};

// The place in a page's text that has most of what is looked for; its beginning, where the title
// has it.
const snippetOf = (sections, forms, inTitle) => {
  const first = sections.find(([, , text]) => text);
  if (inTitle && first) {
    const [anchor, heading, text] = first;
    return { anchor, heading, text, at: 0, matches: matchesIn(text, forms), named: 0 };
  }
  let best = { score: -1 };
  for (const [anchor, heading, text] of sections) {
    const named = new Set(matchesIn(heading, forms).map(({ form }) => form)).size;
    const matches = matchesIn(text, forms);
    const starts = matches.length ? matches : [{ at: 0 }];
    for (const { at } of starts.slice(0, 50)) {
      const near = matches.filter((each) => each.at >= at && each.end <= at + AROUND - BEFORE);
      const score = new Set(near.map(({ form }) => form)).size + 1.5 * named + (text ? 0.1 : 0);
      if (score > best.score + 0.01) best = { score, anchor, heading, text, at, matches, named };
    }
  }
  return best;
};

const showSnippet = (element, { text = "", at = 0, matches = [] }) => {
  let begin = Math.max(0, at - BEFORE);
  if (begin) begin = text.indexOf(" ", begin) + 1;
  let end = Math.min(text.length, begin + AROUND);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), begin + AROUND / 2);
  const parts = [];
  let last = begin;
  for (const match of matches) {
    if (match.at < last || match.end > end) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(match.at, match.end);
    parts.push(text.slice(last, match.at), mark);
    last = match.end;
  }
  parts.push(text.slice(last, end));
  element.replaceChildren(begin ? "… " : "", ...parts, end < text.length ? " …" : "");
};

// --- What is shown ----------------------------------------------------------------------------

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What a result says; its snippet follows when the page's text is there.
const describe = (root, index, hit, about, forms, link, parts) => {
  const { title, where, snippet } = parts;
  link.href = new URL(about.address, root).href;
  title.textContent = about.title;
  where.textContent = about.where;
  if (about.language !== document.documentElement.lang) {
    title.lang = about.language;
    snippet.lang = about.language;
  }
  return index.text(about.docname).then((sections) => {
    const found = snippetOf(sections, forms, hit.inTitle);
    showSnippet(snippet, found);
    if (!found.named || !found.anchor) return;
    link.hash = `#${found.anchor}`;
    where.textContent += ` › ${found.heading}`;
  }, () => {});
};

const told = (words, { hits, instead, isBegun }, query) => {
  const count = hits.length;
  if (!count && isBegun) return "";
  const found = count === 0 ? words.none : count === 1 ? words.one : words.many;
  const said = filled(found, { query: query.trim(), count });
  return count && instead.length ? `${filled(words.instead, { words: instead.join(" ") })} ${said}` : said;
};

class Dialog {
  #index;

  #root;

  #dialog;

  #input;

  #list;

  #status;

  #all;

  #run = 0;

  #active = -1;

  constructor(dialog, index, root) {
    this.#index = index;
    this.#root = root;
    this.#dialog = dialog;
    this.#input = dialog.querySelector("[role=combobox]");
    this.#list = dialog.querySelector("[role=listbox]");
    this.#status = dialog.querySelector("[role=status]");
    this.#all = dialog.querySelector(".gh-search-all");
    let waiting;
    this.#input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.#search(), 60);
    });
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    dialog.addEventListener("close", () => this.#choose(-1));
    if (this.#input.value) this.#search();
  }

  get #options() {
    return this.#list.children;
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.isComposing) return;
    if (event.key in moves && this.#options.length) {
      event.preventDefault();
      // Between the last option and the first one stands the field itself.
      const places = this.#options.length + 1;
      this.#choose(((this.#active + 1 + moves[event.key] + places) % places) - 1);
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#options[this.#active].click();
    }
  }

  #choose(number) {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = number;
    const option = this.#options[number];
    if (!option) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", option.id);
  }

  async #search() {
    this.#run += 1;
    const run = this.#run;
    const query = this.#input.value;
    const words = this.#dialog.dataset;
    const show = (options, status, all = false) => {
      this.#choose(-1);
      this.#list.replaceChildren(...options);
      this.#list.hidden = !options.length;
      this.#input.setAttribute("aria-expanded", String(options.length > 0));
      this.#status.textContent = status;
      this.#all.hidden = !all;
    };
    if (!wordsOf(query).length) {
      show([], "");
      return;
    }
    try {
      const found = await this.#index.search(query);
      const first = found.hits.slice(0, HITS);
      const abouts = await Promise.all(first.map(({ page }) => this.#index.page(page)));
      if (run !== this.#run) return;
      const options = first.map((hit, number) => this.#option(hit, abouts[number], found.forms, number));
      show(options, told(words, found, query), found.hits.length > 0);
      const address = new URL(this.#all.href);
      address.search = new URLSearchParams({ q: query });
      this.#all.href = address.href;
    } catch {
      if (run === this.#run) show([], words.failed);
    }
  }

  #option(hit, about, forms, number) {
    const title = element("span", "gh-hit-title");
    const where = element("span", "gh-hit-where");
    const snippet = element("span", "gh-hit-text");
    const link = element("a", "gh-hit", title, where, snippet);
    link.id = `gh-hit-${number}`;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.tabIndex = -1;
    // A link on the same page moves there, and the dialog would cover it.
    link.addEventListener("click", () => this.#dialog.close());
    describe(this.#root, this.#index, hit, about, forms, link, { title, where, snippet });
    return link;
  }
}

class Results {
  static FILTERS = ["area", "kind", "level", "language"];

  #index;

  #root;

  #page;

  #words;

  #form;

  #list;

  #status;

  #more;

  #run = 0;

  constructor(page, words, index, root) {
    this.#index = index;
    this.#root = root;
    this.#page = page;
    this.#words = words;
    this.#form = page.querySelector("form");
    this.#list = page.querySelector("ol");
    this.#status = page.querySelector("[role=status]");
    this.#more = page.querySelector(".gh-results-more");
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#go("pushState");
    });
    this.#form.addEventListener("change", () => this.#go("pushState"));
    let waiting;
    this.#form.elements.q.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.#go("replaceState"), 150);
    });
    addEventListener("popstate", () => this.#read());
    this.#read();
  }

  #read() {
    const given = new URLSearchParams(location.search);
    this.#form.elements.q.value = given.get("q") ?? "";
    this.#show(Object.fromEntries(Results.FILTERS.map((name) => [name, given.get(name) ?? ""])));
  }

  #go(how) {
    const { elements } = this.#form;
    const chosen = Object.fromEntries(Results.FILTERS.map((name) => [name, elements[name].value]));
    const given = new URLSearchParams({ q: elements.q.value });
    for (const [name, value] of Object.entries(chosen)) if (value) given.set(name, value);
    const address = `${location.pathname}?${given}`;
    if (`${location.pathname}${location.search}` !== address) history[how](null, "", address);
    this.#show(chosen);
  }

  async #show(chosen) {
    this.#run += 1;
    const run = this.#run;
    const query = this.#form.elements.q.value;
    try {
      const main = await this.#index.main();
      const found = await this.#index.search(query);
      if (run !== this.#run) return;
      const numbers = Object.fromEntries(Results.FILTERS.map((name) =>
        [name, chosen[name] ? main.values[name].indexOf(chosen[name]) : -1]));
      const groups = found.hits.map(({ page }) => this.#index.group(page));
      const fits = (group, but) => Results.FILTERS.every((name) =>
        name === but || !chosen[name] || group[name] === numbers[name]);
      for (const name of Results.FILTERS) {
        this.#filter(name, main, chosen[name], groups.filter((group) => fits(group, name)));
      }
      const hits = found.hits.filter((_, number) => fits(groups[number]));
      this.#list.replaceChildren();
      this.#status.textContent = wordsOf(query).length
        ? told(this.#words, { ...found, hits }, query) : "";
      await this.#append(hits, found.forms, run);
    } catch {
      if (run === this.#run) this.#status.textContent = this.#words.failed;
    }
  }

  #filter(name, main, chosen, groups) {
    const select = this.#form.elements[name];
    const counts = new Map();
    for (const group of groups) counts.set(group[name], (counts.get(group[name]) ?? 0) + 1);
    const options = main.values[name].map((value, number) => [value, number])
      .filter(([value, number]) => counts.has(number) || value === chosen)
      .map(([value, number]) => new Option(
        `${main.labels[name][number]} (${counts.get(number) ?? 0})`, value, false, value === chosen,
      ));
    select.replaceChildren(select.options[0], ...options);
    if (!chosen) select.value = "";
    select.closest("label").hidden = options.length < 2 && !chosen;
  }

  async #append(hits, forms, run) {
    const shown = this.#list.children.length;
    const next = hits.slice(shown, shown + RESULTS);
    const abouts = await Promise.all(next.map(({ page }) => this.#index.page(page)));
    if (run !== this.#run) return;
    next.forEach((hit, number) => {
      const link = element("a");
      const where = element("p", "gh-hit-where");
      const snippet = element("p", "gh-hit-text");
      this.#list.append(element("li", "", element("h2", "", link), where, snippet));
      describe(this.#root, this.#index, hit, abouts[number], forms, link, { title: link, where, snippet });
    });
    this.#more.hidden = hits.length <= shown + next.length;
    this.#more.onclick = async () => {
      await this.#append(hits, forms, run);
      this.#list.children[shown + next.length]?.querySelector("a").focus();
    };
  }
}

// Pages without results do without their style.
const addStyle = (root) => {
  const { href } = new URL("_static/search.css", root);
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
};

const indexes = new Map();
const started = new WeakSet();

const indexOf = (root) => {
  if (!indexes.has(root.href)) indexes.set(root.href, new Index(root));
  return indexes.get(root.href);
};

// One key alone must be possible to turn off (WCAG 2.1.4).
const startChoice = (choice) => {
  const kept = "gh-search-key";
  try {
    choice.checked = localStorage.getItem(kept) !== "off";
  } catch {
    // Where nothing is kept, there is nothing to choose.
    choice.disabled = true;
  }
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(kept);
    else localStorage.setItem(kept, "off");
  });
};

export const startDialog = (dialog, root) => {
  if (started.has(dialog)) return;
  started.add(dialog);
  addStyle(root);
  startChoice(dialog.querySelector(".gh-search-key input"));
  dialog.querySelector(".gh-search-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    // Beside its content a dialog is hit itself.
    if (event.target === dialog) dialog.close();
  });
  new Dialog(dialog, indexOf(root), root);
};

export const startPage = (page, words, root) => new Results(page, words, indexOf(root), root);

export const search = (root, query) => indexOf(root).search(query);

export const about = (root, page) => indexOf(root).page(page);
