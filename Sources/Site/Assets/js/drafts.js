// Keeps what is typed, three seconds after the last key and on leaving a field, and says so.
const pause = 3000;
const quiet = 60000;

export function guardDrafts() {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const status = form.querySelector("[data-draft-status]");
  const line = status?.querySelector("span") ?? status;
  const voice = announcer(form);
  let timer = 0;
  let last = content(form);
  let isSaving = false;

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, pause); });
  form.addEventListener("focusout", () => { if (content(form) !== last) { clearTimeout(timer); timer = setTimeout(save, 300); } });
  addEventListener("pagehide", () => {
    if (!form.dataset.sent && content(form) !== last) navigator.sendBeacon(form.dataset.draft, new URLSearchParams(new FormData(form)));
  });

  async function save() {
    const now = content(form);
    if (now === last || isSaving || form.dataset.sent) return;
    isSaving = true;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { time } = await answer.json();
      last = now;
      tell(form.dataset.saved.replace("{time}", time), false);
      form.dispatchEvent(new Event("draft-saved"));
      if (content(form) !== last) timer = setTimeout(save, pause);
    } catch {
      tell(form.dataset.failed, true);
      timer = setTimeout(save, 10000);
    } finally {
      isSaving = false;
    }
  }

  function tell(words, failed) {
    if (!line) return;
    line.textContent = words;
    status.classList.toggle("failed", failed);
    voice(words, failed);
  }
}

function content(form) {
  const data = new FormData(form);
  data.delete("_token");
  return new URLSearchParams(data).toString();
}

// Politely, and at most once a minute, unless it went wrong.
function announcer(form) {
  const region = document.createElement("p");
  region.className = "sr";
  region.setAttribute("role", "status");
  form.append(region);
  let spoken = 0;
  return (words, urgent) => {
    if (!urgent && Date.now() - spoken < quiet) return;
    spoken = Date.now();
    region.textContent = words;
  };
}
