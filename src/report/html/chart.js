// A diagram that moves: values at the pointer, zoom, logarithmic axis. Made with dygraphs from the numbers of
// the page; the still diagram stays for paper.
"use strict";

// Its legend writes style attributes, which the page's policy forbids; the page has one of its own.
Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);

/** No half epochs, and the last one, which dygraphs leaves out at the end of an axis. */
const wholeTicks = (low, high, ...facts) =>
  Dygraph.numericLinearTicks(low, high + 1e-6, ...facts).filter((tick) => Number.isInteger(tick.v));

/** As the still diagrams: 50000, 5e+9. */
const tickLabel = (value) => {
  const plain = String(Number(value.toPrecision(6)));
  return plain.length <= 7 ? plain : value.toExponential().replace(/(\.\d\d)\d+/, "$1");
};

/**
 * One measure's curves of all runs, with bands where their deviations are known. Series 2r is run r's training
 * curve, 2r + 1 its validation curve.
 */
class Chart {
  constructor(set, figure, measure) {
    this.set = set;
    this.figure = figure;
    this.measure = measure;
    this.banded = "train_deviation" in measure;
    this.logarithmic = set.logarithmic.has(measure.name);
    this.lastRow = -1;
    this.addButtons();
    this.plot = make("div", "plot");
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "group");
    this.plot.setAttribute("aria-label",
      `${measure.name} over epochs; arrow keys show values, plus and minus zoom, 0 shows all`);
    this.values = make("div", "values");
    this.values.setAttribute("role", "status");
    this.values.hidden = true;
    this.box = make("div", "moving", make("div", "label", make("bdi", "", measure.label)),
      this.plot, this.values);
    figure.append(this.box);
    this.graph = new Dygraph(this.plot, this.rows(), this.options());
    this.plot.addEventListener("keydown", (event) => this.onKey(event));
    this.plot.addEventListener("blur", () => this.hideValues());
  }

  addButtons() {
    this.log = makeButton("Log scale", () => this.setLogarithmic(!this.logarithmic));
    this.log.setAttribute("aria-pressed", String(this.logarithmic));
    this.reset = makeButton("Whole curve", () => this.showAll());
    this.reset.hidden = true;
    this.figure.querySelector("figcaption").append(make("span", "buttons", this.reset, this.log));
  }

  rows() {
    return this.set.data.epochs.map((epoch, e) => {
      const row = [epoch];
      for (let r = 0; r < this.set.data.runs.length; ++r) {
        row.push(this.point("train", r, e), this.point("validation", r, e));
      }
      return row;
    });
  }

  /** As dygraphs takes it: a value, or with bands a value and its deviation. */
  point(part, run, e) {
    const value = this.measure[part][run][e] ?? NaN;
    return this.banded ? [value, this.deviation(part, run, e) ?? 0] : value;
  }

  /** Undefined or null where there is none. */
  deviation(part, run, e) {
    return this.measure[`${part}_deviation`]?.[run][e];
  }

  options() {
    const names = ["epoch"];
    const series = {};
    this.set.data.runs.forEach((run, r) => {
      names.push(`t${r}`, `v${r}`);
      series[`v${r}`] = { strokePattern: [6, 4] };
    });
    return {
      labels: names,
      series,
      errorBars: this.banded,
      sigma: 1,
      fillAlpha: 0.16,
      colors: this.colours(),
      visibility: this.visibility(),
      valueRange: this.range(),
      logscale: this.logarithmic,
      xlabel: "epoch",
      xLabelHeight: 20,
      rightGap: 16,  // for half of the last epoch's number
      xRangePad: 2,  // pixels: what is at the very end has no tick
      strokeWidth: this.set.data.runs.length > 100 ? 1 : 1.6,
      highlightCircleSize: 3.5,
      highlightSeriesOpts: { strokeWidth: 2.6 },
      highlightSeriesBackgroundAlpha: 1,
      gridLineColor: pageColour("--line"),
      axisLineColor: pageColour("--muted"),
      axes: {
        x: { drawGrid: false, pixelsPerLabel: 60, ticker: wholeTicks,
          axisLabelFormatter: (x) => String(x) },
        y: { axisLabelFormatter: tickLabel, axisLabelWidth: 58, pixelsPerLabel: 40 },
      },
      highlightCallback: (event, x, points, row, name) => this.showValues(x, row, name),
      unhighlightCallback: () => this.hideValues(),
      drawCallback: (graph) => { this.reset.hidden = !this.isZoomed(graph); },
    };
  }

  /** For dygraphs itself a range that is set is a zoom. */
  isZoomed(graph) {
    return graph.isZoomed("x") || graph.yAxisRange().some((end, i) => end !== this.whole[i]);
  }

  colours() {
    return this.set.swatches.flatMap((swatch) => [colourOf(swatch), colourOf(swatch)]);
  }

  visibility() {
    const { on, train, validation } = this.set;
    return on.flatMap((isOn) => [isOn && train.checked, isOn && validation.checked]);
  }

  /** As the still diagrams: a run that diverged counts with its first value where others did not. */
  range() {
    this.whole = this.wholeRange();
    return this.whole;
  }

  wholeRange() {
    const visible = this.visibility();
    const { runs } = this.set.data;
    const whole = runs.map((run) => !run.diverged);
    const all = !runs.some((run, r) => whole[r] && (visible[2 * r] || visible[2 * r + 1]));
    let low = Infinity;
    let high = -Infinity;
    runs.forEach((run, r) => {
      ["train", "validation"].forEach((part, p) => {
        if (!visible[2 * r + p]) return;
        const values = this.measure[part][r];
        const count = whole[r] || all ? values.length : 1;
        for (let e = 0; e < count; ++e) {
          const value = values[e];
          if (value === null || value === undefined || (this.logarithmic && value <= 0)) continue;
          const deviation = this.deviation(part, r, e) ?? 0;
          low = Math.min(low, this.logarithmic && value <= deviation ? value : value - deviation);
          high = Math.max(high, value + deviation);
        }
      });
    });
    if (low > high) return this.logarithmic ? [0.1, 1] : [0, 1];
    if (this.logarithmic) {
      const factor = low === high ? 2 : (high / low) ** 0.04;
      return [low / factor, high * factor];
    }
    const margin = (high - low) * 0.04 || Math.abs(high) * 0.01 || 0.5;
    return [low >= 0 ? Math.max(low - margin, 0) : low - margin, high + margin];
  }

  setLogarithmic(on) {
    this.logarithmic = on;
    this.set.logarithmic[on ? "add" : "delete"](this.measure.name);
    this.log.setAttribute("aria-pressed", String(on));
    this.graph.updateOptions({ logscale: on, valueRange: this.range() });
  }

  update() {
    this.hideValues();
    this.graph.updateOptions({
      visibility: this.visibility(),
      colors: this.colours(),
      valueRange: this.range(),
      gridLineColor: pageColour("--line"),
      axisLineColor: pageColour("--muted"),
    });
  }

  showAll() {
    this.graph.updateOptions({ dateWindow: null, valueRange: this.range() });
  }

  /** The values at an epoch: of all runs where they are few, else of the nearest curve's. */
  showValues(epoch, row, name) {
    this.lastRow = row;
    const near = name ? Number(name.slice(1)) : -1;
    const { data, on } = this.set;
    let runs = data.runs.map((run, r) => r).filter((r) => on[r]);
    if (runs.length > 8) runs = near >= 0 ? [near] : runs.slice(0, 8);
    const head = make("tr", "", make("th", "", `epoch ${epoch}`), make("th", "number", "training"),
      make("th", "number", "validation"));
    const lines = runs.map((r) => {
      const line = make("tr", r === near ? "near" : "");
      const swatch = make("span", this.set.swatches[r].className);
      const value = (part) => make("td", "number", shown(this.measure[part][r][row]),
        this.deviationText(part, r, row));
      line.append(make("td", "", swatch, make("bdi", "", data.runs[r].name)),
        value("train"), value("validation"));
      return line;
    });
    this.values.replaceChildren(make("table", "", head, ...lines));
    this.values.hidden = false;
    this.place(this.graph.toDomXCoord(epoch));
  }

  deviationText(part, run, e) {
    const deviation = this.deviation(part, run, e);
    return deviation === null || deviation === undefined ? "" : ` ± ${shown(deviation)}`;
  }

  /** Beside the pointer, on the side where there is more room. */
  place(x) {
    const width = this.plot.clientWidth;
    const own = this.values.offsetWidth;
    const left = x > width / 2 ? x - own - 14 : x + 14;
    this.values.style.left = `${Math.min(Math.max(left, 0), Math.max(width - own, 0))}px`;
    this.values.style.top = `${this.plot.offsetTop + 8}px`;
  }

  hideValues() {
    this.values.hidden = true;
  }

  /** The rows in view, or the nearest where a zoom has left none. */
  rowsInView() {
    const [low, high] = this.graph.xAxisRange();
    const { epochs } = this.set.data;
    const rows = epochs.map((epoch, e) => e).filter((e) => epochs[e] >= low && epochs[e] <= high);
    if (rows.length > 0) return rows;
    const away = (e) => Math.abs(epochs[e] - (low + high) / 2);
    return [epochs.reduce((nearest, epoch, e) => (away(e) < away(nearest) ? e : nearest), 0)];
  }

  onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;  // the browser's own
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    if (event.key in steps) {
      const { epochs } = this.set.data;
      const rows = this.rowsInView();
      const next = this.values.hidden && this.lastRow < 0 ? rows[0] : this.lastRow + steps[event.key];
      const row = Math.min(Math.max(next, rows[0]), rows[rows.length - 1]);
      this.graph.setSelection(row);
      this.showValues(epochs[row], row, "");
    } else if (event.key === "+" || event.key === "-") {
      this.zoom(event.key === "+" ? 0.5 : 2);
    } else if (event.key === "0" || event.key === "Escape") {
      this.showAll();
      this.hideValues();
    } else {
      return;
    }
    event.preventDefault();
  }

  zoom(factor) {
    const { epochs } = this.set.data;
    const [low, high] = this.graph.xAxisRange();
    const middle = this.lastRow >= 0 ? epochs[this.lastRow] : (low + high) / 2;
    const half = Math.max((high - low) * factor, 1) / 2;
    const window = [Math.max(middle - half, 0), Math.min(middle + half, epochs[epochs.length - 1])];
    this.graph.updateOptions({ dateWindow: window });
  }
}
