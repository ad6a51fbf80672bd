// What the copy button takes of a block of code. Of a session that are its commands alone: no
// prompts, no output. A block without prompts is taken as it stands.

function commandsOf(text, language) {
  const lines = text.replace(/\n$/, "").split("\n");
  const shells =
    /^(console|shell-?session|(ba|z|k)?sh-?session|ps1con|pwsh-session|doscon|tcshcon)$/;
  const scripts = /^(ba|z|k|c)?sh$|^(shell|powershell|pwsh|ps1|batch|bat)$/;
  const start = lines.find((line) => line.trim());
  if (start === undefined) return text;

  if (/^\s*>>>(\s|$)/.test(start)) return withPrompts(lines, /^\s*>>> ?(.*)$/, /^\s*\.\.\.(?: (.*))?$/);
  if (/^In \[\d+\]: /.test(start)) return withPrompts(lines, /^In \[\d+\]: (.*)$/, /^ +\.{3,}: ?(.*)$/);
  if (/^julia> /.test(start)) return withPrompts(lines, /^julia> (.*)$/, /^ {7}(.*)$/);
  if (/^(rconsole|rout)$/.test(language)) return withPrompts(lines, /^> ?(.*)$/, /^\+ ?(.*)$/);

  const isSession = shells.test(language);
  const isScript = scripts.test(language);
  if (!isSession && !isScript && !/^(default|text|none|output)$/.test(language)) return text;
  const user = /^(?:\([^()\n]+\) ?)*(?:\[[^\]\n]*\]|[\w.+-]+@[\w.-]+(?:[: ][^\s$#%>]*)?|[~/][^\s$#%>]*(?: \([^)]*\))?|[\w.-]+:[~/][^\s$#%>]*|(?:ba|z|k)?sh-[\d.]+)? ?[$❯](?: (.*))?$/;
  const named = /^(?:\([^()\n]+\) ?)*(?:\[[^\]\n]*\]|[\w.+-]+@[\w.-]+(?:[: ][^\s$#%>]*)?) ?[#%](?: (.*))?$/;
  const windows = /^(?:\([^()\n]+\) ?)?(?:PS(?: [A-Za-z]:\\[^>\n]*| [~/][^>\n]*)?|[A-Za-z]:\\[^>\n]*)> ?(.*)$/;
  const percent = /^(?:\([^()\n]+\) ?)?%(?: (.*))?$/;
  const root = /^(?:\([^()\n]+\) ?)?#(?: (.*))?$/;
  const prompts = isSession ? [user, named, windows, percent] : [/^(?:\([^()\n]+\) ?)?\$ (.*)$/];
  const commandIn = (line, known) => {
    for (const prompt of known) {
      const found = prompt.exec(line);
      if (found) return found[1] ?? "";
    }
    return null;
  };
  const hasUser = lines.some((line) => commandIn(line, prompts) !== null);
  // A comment among commands looks like the prompt of root; only alone is it one.
  const known = isSession && !hasUser ? [root] : prompts;
  if (!isSession && commandIn(lines.find((l) => l.trim() && !/^#/.test(l)) ?? "", known) === null) return text;
  if (!lines.some((line) => commandIn(line, known) !== null)) return text;

  const kept = [];
  for (let at = 0; at < lines.length; at++) {
    let command = commandIn(lines[at], known);
    if (command === null) {
      if (hasUser && /^# /.test(lines[at])) kept.push(lines[at]);
      continue;
    }
    if (!command.trim()) continue;
    const parts = [command];
    while (at + 1 < lines.length) {
      const rest = hereDocument(command, lines, at + 1);
      if (rest) {
        parts.push(...rest.lines);
        at = rest.end;
        break;
      }
      const next = lines[at + 1];
      const goesOn = /(^|[^\\])(\\\\)*\\$/.test(command) || /(\s`| \^)$/.test(command);
      if (!goesOn && !(/^>(\s|$)/.test(next) && isOpen(parts.join("\n")))) break;
      at += 1;
      command = next.replace(/^>(?: |$)/, "");
      parts.push(command);
    }
    kept.push(...parts);
  }
  return kept.join("\n");
}

// The commands of a session whose prompts say which lines go on.
function withPrompts(lines, first, further) {
  const kept = [];
  let isCommand = false;
  for (const line of lines) {
    const begun = first.exec(line);
    const goesOn = isCommand ? further.exec(line) : null;
    isCommand = begun !== null || goesOn !== null;
    if (begun) kept.push(begun[1] ?? "");
    else if (goesOn) kept.push(goesOn[1] ?? "");
  }
  while (kept.length && !kept[kept.length - 1].trim()) kept.pop();
  return kept.join("\n");
}

// The lines of a here-document that begins in a command, up to its last one, without prompts.
function hereDocument(command, lines, from) {
  const found = /(?:^|[^<])<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(command);
  if (!found) return null;
  const hasPrompts = /^>(\s|$)/.test(lines[from]);
  const bare = (line) => (hasPrompts ? line.replace(/^>(?: |$)/, "") : line);
  const end = lines.findIndex((line, n) => n >= from && bare(line).trim() === found[2]);
  if (end < 0) return null;
  return { lines: lines.slice(from, end + 1).map(bare), end };
}

// Whether a shell would ask for more: an open quotation, a list or a block that isn't ended.
function isOpen(command) {
  const plain = command.replace(/\\./gs, "").replace(/'[^']*'/g, "").replace(/"[^"]*"/g, "");
  if (/['"]/.test(plain) || /(\||&&|\|\||[({])\s*$/.test(plain)) return true;
  const count = (pattern) => (plain.match(pattern) ?? []).length;
  const opened = count(/(?:^|[\n;|&(]\s*)(?:for|while|until|select)\b/g) - count(/\bdone\b/g);
  const tested = count(/(?:^|[\n;|&(]\s*)if\b/g) - count(/\bfi\b/g);
  const chosen = count(/(?:^|[\n;|&(]\s*)case\b/g) - count(/\besac\b/g);
  const blocks = count(/\{/g) - count(/\}/g) + count(/\(/g) - count(/\)/g);
  return opened > 0 || tested > 0 || chosen > 0 || blocks > 0;
}

// What sphinx-copybutton asks of the block that is copied.
function filterText(target, exclude) {
  const clone = target.cloneNode(true);
  for (const node of exclude ? clone.querySelectorAll(exclude) : []) node.remove();
  const named = target.closest('[class*="highlight-"]')?.className.match(/highlight-(\S+)/);
  return commandsOf(clone.textContent, named ? named[1] : "default");
}

function formatCopyText(text) {
  return text.replace(/\n$/, "");
}
