// The diagrams of each experiment, and the switches of its runs.
"use strict";

(() => {
  /** The charts of one experiment, and the switches of its runs. */
  class Experiment {
    constructor(article, data) {
      this.article = article;
      this.data = data;
      this.rows = new Map([...article.querySelectorAll("table.runs tbody tr")]
        .map((row) => [Number(row.dataset.run), row]));
      this.swatches = data.runs.map((run, r) => this.rows.get(r).querySelector(".swatch"));
      this.on = data.runs.map(() => true);
      this.logarithmic = new Set();  // names of measures
      this.boxes = [];
      this.charts = [];
      this.addSwitches();
      this.watch();
    }

    addSwitches() {
      const update = () => this.update();
      const [train, trainBox] = makeSwitch(update, make("span", "dash"), "training");
      const [validation, validationBox] = makeSwitch(update, make("span", "dash dashed"), "validation");
      this.train = trainBox;
      this.validation = validationBox;
      const tools = make("div", "tools", train, validation);
      this.article.querySelector(".charts").before(tools);
      if (this.data.runs.length < 2) return;
      tools.append(makeButton("All runs", () => this.setAll(true)),
        makeButton("No runs", () => this.setAll(false)));
      this.rows.forEach((row, r) => this.addRunSwitch(row, r));
    }

    addRunSwitch(row, r) {
      const cell = row.querySelector(".key");
      const [label, box] = makeSwitch(() => { this.setRun(r, box.checked); this.update(); },
        ...cell.childNodes);
      const name = make("span", "hidden", "show ", make("bdi", "", this.data.runs[r].name));
      label.append(name);
      cell.append(label);
      this.boxes[r] = box;
    }

    setRun(r, on) {
      this.on[r] = on;
      if (this.boxes[r]) this.boxes[r].checked = on;
    }

    /** Of those that the table's filter shows. */
    setAll(on) {
      this.rows.forEach((row, r) => { if (!row.hidden) this.setRun(r, on); });
      this.update();
    }

    update() {
      this.article.querySelectorAll(".diagram [data-run]").forEach((element) => {
        const isDashed = element.classList.contains("dashed");
        const isLine = element.classList.contains("line") && element.closest(".chart");
        const part = !isLine || (isDashed ? this.validation.checked : this.train.checked);
        element.classList.toggle("off", !this.on[Number(element.dataset.run)] || !part);
      });
      this.charts.forEach((chart) => chart.update());
    }

    /** A chart is made when it comes into view: a page of many has to open at once. */
    watch() {
      const measures = new Map(this.data.measures.map((measure) => [measure.name, measure]));
      const observer = new IntersectionObserver((entries) => {
        entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
          observer.unobserve(target);
          this.charts.push(new Chart(this, target, measures.get(target.dataset.measure)));
        });
      }, { rootMargin: "200px" });
      this.article.querySelectorAll("figure.chart").forEach((figure) => {
        figure.querySelector(".still").classList.add("off");
        figure.classList.add("awaited");
        observer.observe(figure);
      });
    }
  }

  /** What a reader has chosen in a page that loads itself anew, until the runs are trained. */
  class Choices {
    constructor(experiments) {
      this.experiments = experiments;
      this.key = `nnrun ${location.pathname}`;
      this.restore();
      sessionStorage.removeItem(this.key);
      const isLive = document.querySelector("meta[http-equiv=refresh]") !== null;
      if (isLive) addEventListener("pagehide", () => this.keep());
    }

    static boxes() { return [...document.querySelectorAll("input[type=checkbox]")]; }
    static folds() { return [...document.querySelectorAll("details")]; }

    keep() {
      sessionStorage.setItem(this.key, JSON.stringify({
        top: scrollY,
        boxes: Choices.boxes().map((box) => box.checked),
        folds: Choices.folds().map((fold) => fold.open),
        logarithmic: this.experiments.map((experiment) => [...experiment.logarithmic]),
      }));
    }

    restore() {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
      if (!kept) return;
      Choices.boxes().forEach((box, i) => {
        if (box.checked !== (kept.boxes[i] ?? box.checked)) box.click();
      });
      Choices.folds().forEach((fold, i) => { fold.open = kept.folds[i] ?? fold.open; });
      this.experiments.forEach((experiment, i) => {
        experiment.logarithmic = new Set(kept.logarithmic[i] ?? []);
      });
      scrollTo(0, kept.top);
    }
  }

  const experiments = [...document.querySelectorAll("article.experiment")]
    .map((article) => [article, article.querySelector("script.curves")])
    .filter(([, script]) => script)
    .map(([article, script]) => new Experiment(article, JSON.parse(script.textContent)));
  new Choices(experiments);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    experiments.forEach((experiment) => experiment.charts.forEach((chart) => chart.update()));
  });
})();
