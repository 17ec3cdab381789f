/** What the page does by itself: filters. Plain JavaScript for every browser of today; it sends nothing. */
export const script = `
const form = document.querySelector("form.filters");
const rows = [...document.querySelectorAll("#certificates tbody tr")];
const output = form.querySelector("output");
const apply = () => {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.text.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const fits =
      words.every((word) => row.dataset.text.includes(word)) &&
      ["renewal", "owner", "use", "team", "place"].every((key) => !wanted[key] || row.dataset[key] === wanted[key]);
    row.hidden = !fits;
    if (fits) shown++;
  }
  const all = rows.length === 1 ? "1 certificate" : rows.length + " certificates";
  output.textContent = shown === rows.length ? all : shown + " of " + all;
};
form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  form.reset();
  apply();
});
apply();
`;
