// What a form may lose: a second press, a page left with words in it, the place of the eye after an act.
export function guardForms() {
  const arrival = document.querySelector("[data-arrival]") ?? document.getElementById("errors");
  arrival?.focus();

  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      const words = event.submitter?.dataset.busy;
      // After the browser has read which button was pressed.
      if (words) setTimeout(() => { event.submitter.textContent = words; }, 0);
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  const guarded = document.querySelector("form[data-guard]");
  if (!guarded) return;
  guarded.addEventListener("input", () => { guarded.dataset.unsaved = "yes"; });
  guarded.addEventListener("draft-saved", () => { delete guarded.dataset.unsaved; });
  addEventListener("beforeunload", (event) => {
    if (guarded.dataset.unsaved && !guarded.dataset.sent) event.preventDefault();
  });
}
