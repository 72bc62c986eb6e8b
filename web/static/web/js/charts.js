// Charts drawn over the table that says the same; without script the table stands open.
const TONES = { healthy: ["Healthy", "good"], review: ["Review", "warn"], at_risk: ["At risk", "bad"] };
let drawn = null;

export function startCharts() {
  draw();
  document.addEventListener("htmx:afterSwap", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

function draw() {
  const place = document.querySelector("[data-chart=days]");
  if (!place || !window.Chart) return;
  drawn?.destroy();
  const { labels, ...series } = JSON.parse(document.getElementById("chart-days").textContent);
  if (!labels.length) return;
  place.hidden = false;
  document.querySelector("[data-chart-table]").open = false;
  drawn = new Chart(place.querySelector("canvas"), {
    type: "bar",
    data: { labels: labels.map(inWords), datasets: Object.entries(series).map(dataset) },
    options: options(),
  });
}

function dataset([name, data]) {
  const [label, tone] = TONES[name];
  return { label, data, backgroundColor: area(tone), borderRadius: 2, maxBarThickness: 28, stack: "all" };
}

function options() {
  const [muted, line] = [colour("--muted"), colour("--line")];
  const ticks = { color: muted, font: { family: "Inter", size: 11 }, maxRotation: 0, precision: 0 };
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    plugins: { legend: { display: false } },
    scales: {
      x: { stacked: true, grid: { display: false }, ticks: { ...ticks, autoSkipPadding: 24 }, border: { color: line } },
      y: { stacked: true, grid: { color: line }, ticks: { ...ticks, maxTicksLimit: 5 }, border: { display: false } },
    },
  };
}

// The colour of areas that the legend has, too.
function area(tone) {
  return computed((probe) => probe.classList.add(`fill-${tone}`), "fill");
}

// A custom property holds light-dark(…) unresolved; only a real property has the colour itself.
function colour(name) {
  return computed((probe) => (probe.style.color = `var(${name})`), "color");
}

function computed(dress, property) {
  const probe = document.createElement("i");
  dress(probe);
  document.body.append(probe);
  const value = getComputedStyle(probe)[property];
  probe.remove();
  return value;
}

function inWords(day) {
  return new Date(`${day}T00:00`).toLocaleDateString("en-IN", { day: "numeric", month: "short" });
}
