// What the scripts of the page make its elements with.
"use strict";

const colourOf = (element) => getComputedStyle(element).getPropertyValue("--run").trim();
const pageColour = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const make = (tag, className, ...content) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
};

const makeButton = (text, onClick) => {
  const button = make("button", "", text);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
};

const makeSwitch = (onChange, ...content) => {
  const box = make("input");
  box.type = "checkbox";
  box.checked = true;
  box.addEventListener("change", onChange);
  return [make("label", "", box, ...content), box];
};

const shown = (value) => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(3) : String(value);
};
