// Keeps what is typed: three seconds after the last key, ten after the first at the latest, on leaving a field; says so.
const pause = 3000;
const longest = 10000;
const quiet = 60000;

export function guardDrafts() {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const status = form.querySelector("[data-draft-status]");
  const line = status?.querySelector("span") ?? status;
  const door = form.querySelector("[data-sign-in]");
  const voice = announcer(form);
  let timer = 0;
  let since = 0;
  let last = content(form);
  let isFailing = false;
  let saving = null;

  form.addEventListener("input", () => {
    since ||= Date.now();
    later(Math.max(0, Math.min(pause, since + longest - Date.now())));
  });
  form.addEventListener("focusout", () => { if (content(form) !== last) later(300); });
  // A page that would take the words along to nowhere stays until they are safe.
  form.addEventListener("submit", async (event) => {
    if (!isFailing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    await save();
    if (!isFailing) form.requestSubmit(button);
  }, true);
  addEventListener("pagehide", () => {
    if (!form.dataset.sent && content(form) !== last) navigator.sendBeacon(form.dataset.draft, new URLSearchParams(new FormData(form)));
  });

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  function save() {
    saving ??= keep().finally(() => { saving = null; });
    return saving;
  }

  async function keep() {
    const now = content(form);
    if (now === last || form.dataset.sent) return;
    since = 0;
    try {
      const { time } = await kept();
      last = now;
      isFailing = false;
      tell(form.dataset.saved.replace("{time}", time));
      form.dispatchEvent(new Event("draft-saved"));
      if (content(form) !== last) later(pause);
    } catch (problem) {
      isFailing = true;
      tell(problem === ended ? form.dataset.ended : form.dataset.failed);
      if (door) door.hidden = problem !== ended;
      later(longest);
    }
  }

  async function kept() {
    const send = () => fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    let answer = await send();
    if (isOut(answer) && await renew(form)) answer = await send();
    if (isOut(answer)) throw ended;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function tell(words) {
    if (!line) return;
    line.textContent = words;
    status.classList.toggle("failed", isFailing);
    if (door && !isFailing) door.hidden = true;
    voice(words, isFailing);
  }
}

const ended = new Error("signed out");

function isOut(answer) {
  return answer.type === "opaqueredirect" || answer.status === 403;
}

// Whoever signed in again in another window goes on here, under the new session; somebody else does not.
async function renew(form) {
  const answer = await fetch(location.href, { redirect: "manual" });
  if (!answer.ok) return false;
  // Read as text: the page's policy lets nobody parse HTML here, and two values are all there is to find.
  const page = await answer.text();
  const token = page.match(/name="_token" value="([0-9a-f]+)"/)?.[1];
  const writer = page.match(/data-writer="([^"]+)"/)?.[1];
  if (!token || writer !== form.dataset.writer) return false;
  for (const field of document.querySelectorAll("input[name=_token]")) field.value = token;
  return true;
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
