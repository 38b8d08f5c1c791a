// Covers what is on the screen once nobody has used it for as long as a session lasts. What was typed stays under it, and
// only whoever it was shown to sees it again.
export function coverOf(page) {
  const cover = page.getElementById("idle-cover");
  if (!cover) return null;
  const { title } = page;
  const show = cover.querySelector("[data-show]");
  const [covered, ended] = [cover.querySelector("[data-covered]"), cover.querySelector("[data-ended]")];
  let uncovered = () => {};

  show.addEventListener("click", async () => {
    const answer = await fetch(show.dataset.show, { redirect: "error" }).catch(() => null);
    // Read as text: the page's policy lets nobody parse HTML here.
    const text = answer?.ok ? await answer.text() : "";
    const token = text.match(/name="_token" value="([0-9a-f]+)"/)?.[1];
    const isSame = text.match(/data-person="([^"]+)"/)?.[1] === cover.dataset.person;
    [covered.hidden, ended.hidden] = [true, false];
    if (!token || !isSame) return;
    for (const field of page.querySelectorAll("input[name=_token]")) field.value = token;
    hide(false);
    uncovered();
  });

  function hide(isCovered) {
    page.documentElement.toggleAttribute("data-covered", isCovered);
    page.title = isCovered ? cover.dataset.title : title;
    cover.hidden = !isCovered;
    [covered.hidden, ended.hidden] = [false, true];
    if (isCovered) cover.focus();
  }

  return {
    close(then) {
      if (!cover.hidden) return;
      uncovered = then;
      hide(true);
    },
  };
}
