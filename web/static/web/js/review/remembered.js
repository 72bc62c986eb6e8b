// How this browser last divided the page, before it is first painted; see divider.js.
for (const name of ["--review-side", "--review-top"]) {
  const size = localStorage.getItem(name);
  if (size) document.documentElement.style.setProperty(name, size);
}
