// The diagrams of each experiment, and the switches of its runs or of their means.
"use strict";

(() => {
  /**
   * The charts of one section, and the switches of its lines: these are rows of the section's own table, or of the
   * experiment's runs, which other sections show too.
   */
  class ChartSet {
    constructor(section, data) {
      const article = section.closest("article");
      const own = section.querySelector("table.means");
      this.section = section;
      this.name = `${article.id} ${section.className}`;
      this.data = data;
      this.switched = own ? [section] : [...article.querySelectorAll(".curves, .response")];
      this.rows = new Map([...(own ?? article.querySelector("table.runs")).tBodies[0].rows]
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
      this.section.querySelector(".charts").before(tools);
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
      this.switched.forEach((section) => this.updateDiagrams(section));
      this.charts.forEach((chart) => chart.update());
    }

    updateDiagrams(section) {
      section.querySelectorAll(".diagram [data-run]").forEach((element) => {
        const isDashed = element.classList.contains("dashed");
        const isPart = element.matches(".line, .band") && element.closest(".chart");
        const part = !isPart || (isDashed ? this.validation.checked : this.train.checked);
        element.classList.toggle("off", !this.on[Number(element.dataset.run)] || !part);
      });
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
      this.section.querySelectorAll("figure.chart").forEach((figure) => {
        figure.querySelector(".still").classList.add("off");
        figure.classList.add("awaited");
        observer.observe(figure);
      });
    }
  }

  /** What a reader has chosen in a page that loads itself anew, until the runs are trained. */
  class Choices {
    constructor(sets) {
      this.sets = sets;
      this.key = `nnrun ${location.pathname}`;
      this.restore();
      sessionStorage.removeItem(this.key);
      const isLive = document.querySelector("meta[http-equiv=refresh]") !== null;
      if (isLive) addEventListener("pagehide", () => this.keep());
    }

    /** By a name that stays when sections and rows come between: what they belong to, and what they say. */
    static named(selector) {
      return [...document.querySelectorAll(selector)].map((element) => {
        const section = element.closest("section");
        const row = element.closest("tr")?.dataset.run;
        const text = (element.closest("label") ?? element.querySelector("summary"))?.textContent;
        const place = [section.closest("article")?.id, section.className, row ?? text];
        return [place.join(" "), element];
      });
    }

    /** What `value` is of each, by its name. */
    static values(selector, value) {
      return Object.fromEntries(
        Choices.named(selector).map(([name, element]) => [name, value(element)]));
    }

    keep() {
      sessionStorage.setItem(this.key, JSON.stringify({
        top: scrollY,
        boxes: Choices.values("input[type=checkbox]", (box) => box.checked),
        folds: Choices.values("section details", (fold) => fold.open),
        filters: Choices.values("input[type=search]", (field) => field.value),
        logarithmic: Object.fromEntries(this.sets.map((set) => [set.name, [...set.logarithmic]])),
      }));
    }

    restore() {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
      if (!kept) return;
      Choices.named("input[type=search]").forEach(([name, field]) => {
        field.value = kept.filters[name] ?? "";
        field.dispatchEvent(new Event("input"));
      });
      Choices.named("input[type=checkbox]").forEach(([name, box]) => {
        if (box.checked !== (kept.boxes[name] ?? box.checked)) box.click();
      });
      Choices.named("section details").forEach(([name, fold]) => {
        fold.open = kept.folds[name] ?? fold.open;
      });
      this.sets.forEach((set) => { set.logarithmic = new Set(kept.logarithmic[set.name] ?? []); });
      scrollTo(0, kept.top);
    }
  }

  const sets = [...document.querySelectorAll("script.curves")]
    .map((script) => new ChartSet(script.closest("section"), JSON.parse(script.textContent)));
  new Choices(sets);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    sets.forEach((set) => set.charts.forEach((chart) => chart.update()));
  });
})();
