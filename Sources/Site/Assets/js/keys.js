// Shortcuts. Letters can be switched off, and never act inside a field.
export function listenForKeys() {
  const letters = document.documentElement.dataset.letterKeys !== "off";
  let first = "";

  addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") return close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return save(event);
    if (!letters || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = first + event.key;
    first = "";
    switch (key) {
      case "/": return focus(event, document.getElementById("find") ?? document.querySelector("input[type=search]"));
      case "g": first = "g "; setTimeout(() => { first = ""; }, 1500); return;
      case "t": case "g t": return go(event, 'a[data-key="today"], .nav a[href="/today"]');
      case "c": case "g c": return go(event, 'a[data-key="cases"], .nav a[href="/cases"]');
      case "n": return go(event, 'a[data-key="note"]');
      case "j": return step(event, 1);
      case "k": return step(event, -1);
      case "?": return go(event, 'a[href="/help/keys"]');
    }
  });
}

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null;
}

function focus(event, element) {
  if (!element) return;
  event.preventDefault();
  element.focus();
}

function go(event, selector) {
  const link = document.querySelector(selector);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function step(event, by) {
  const rows = [...document.querySelectorAll(".ledger .entry :is(h3, h4) a, .caseload tbody th a, [data-row] a")];
  if (rows.length === 0) return;
  const here = rows.indexOf(document.activeElement);
  focus(event, rows[Math.min(rows.length - 1, Math.max(0, here < 0 ? 0 : here + by))]);
}

function save(event) {
  const form = event.target.closest?.("form") ?? document.querySelector("form[data-guard]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".btn.primary") ?? undefined);
}

function close() {
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

addEventListener("click", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});
