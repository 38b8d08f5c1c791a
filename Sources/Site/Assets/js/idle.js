import { coverOf } from "./cover.js";

// Warns before the session ends, and asks the server to keep it when the person is still there; covers the page after it.
export function watchIdle() {
  const minutes = Number(document.body.dataset.idle);
  const warn = Number(document.body.dataset.warn);
  const note = document.getElementById("idle-note");
  if (!minutes || !warn || !note) return;
  const stay = note.querySelector("[data-stay]");
  const cover = coverOf(document);
  let last = Date.now();

  // A saved draft or an opened page is a sign of life for the server too.
  document.addEventListener("draft-saved", () => { last = Date.now(); }, true);
  stay?.addEventListener("click", async () => {
    const answer = await fetch(stay.dataset.stay, { method: "GET", redirect: "error" }).catch(() => null);
    if (answer?.ok) { last = Date.now(); note.hidden = true; } else { location.reload(); }
  });
  const look = () => {
    const left = minutes * 60000 - (Date.now() - last);
    note.hidden = left > warn * 60000;
    if (left <= 0) cover?.close(() => { last = Date.now(); look(); });
  };
  setInterval(look, 5000);
  // A machine that slept does not show for seconds what lay there before.
  document.addEventListener("visibilitychange", look);
}
