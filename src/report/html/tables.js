// Tables of the page: sorted by a click on a column's name, filtered by what is typed.
"use strict";

(() => {
  /** A cell's value as a number where it is one, else as text; null where there is none. */
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const text = (cell.dataset.value ?? cell.textContent).trim();
    if (text === "") return null;
    return Number.isNaN(Number(text)) ? text : Number(text);
  };

  /** What is missing comes last, whichever way the others are sorted; numbers before text. */
  const compare = (a, b, sign) => {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return sign * (typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true }));
  };

  const sort = (table, head) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const before = table.querySelector("thead .key") ? 1 : 0;
    const column = Number(head.dataset.column) + before;
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [valueOf(row, column), row]);
    rows.sort((a, b) => compare(a[0], b[0], descending ? -1 : 1));
    body.append(...rows.map((row) => row[1]));
  };

  const makeSortable = (table) => {
    table.querySelectorAll("th[data-column]").forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    });
  };

  const makeFilter = (table, tools) => {
    const label = document.createElement("label");
    const field = document.createElement("input");
    const count = document.createElement("output");
    field.type = "search";
    field.placeholder = "Filter rows";
    field.setAttribute("aria-label", "Filter rows");
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter((word) => word);
      let shown = 0;
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = words.length ? `${shown} of ${table.tBodies[0].rows.length}` : "";
    });
    label.append(field);
    tools.append(label, count);
  };

  document.querySelectorAll("table.runs, table.claims").forEach((table) => {
    if (table.tBodies[0].rows.length < 2) return;
    makeSortable(table);
    const tools = document.createElement("div");
    tools.className = "tools";
    makeFilter(table, tools);
    table.parentElement.before(tools);
  });
})();
