#include "report/html_diagram.h"

#include <cmath>

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

Diagram one_line(std::vector<Point> points) {
  Diagram diagram;
  diagram.name = "loss";
  diagram.id = "d";
  diagram.x = {0, 4};
  diagram.y = {0, 1};
  diagram.runs = 1;
  diagram.lines.push_back({0, false, std::move(points)});
  return diagram;
}

/// What is drawn of the only line.
std::string path(const std::string& svg) {
  const std::string begins = "class=\"line c0\" data-run=\"0\" d=\"";
  const auto start = svg.find(begins);
  REQUIRE_NE(start, std::string::npos);
  const auto from = start + begins.size();
  return svg.substr(from, svg.find('"', from) - from);
}

std::size_t count(const std::string& text, char letter) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), letter));
}

}  // namespace

TEST_CASE("html diagram: a line from corner to corner") {
  CHECK_EQ(path(html_diagram(one_line({{0, 0}, {4, 1}}))), "M58.0 288.0L538.0 26.0");
}

TEST_CASE("html diagram: a value that is not there is a gap, one between two gaps a dot") {
  const double none = std::nan("");
  const auto gap = path(html_diagram(one_line({{0, 0}, {1, 0.5}, {2, none}, {3, 1}, {4, 1}})));
  CHECK_EQ(count(gap, 'M'), 2);
  CHECK_EQ(count(gap, 'L'), 2);
  CHECK_EQ(count(gap, 'h'), 0);
  const auto dots = path(html_diagram(one_line({{0, 0}, {1, none}, {2, 1}})));
  CHECK_EQ(count(dots, 'M'), 2);
  CHECK_EQ(count(dots, 'h'), 2);
  CHECK_EQ(path(html_diagram(one_line({{0, none}, {1, INFINITY}}))), "");
}

TEST_CASE("html diagram: what is not above zero is a gap on a logarithmic axis") {
  Diagram diagram = one_line({{0, 0}, {1, 0.1}, {2, -1}, {3, 10}});
  diagram.y = {0.1, 10};
  diagram.logarithmic_y = true;
  CHECK_EQ(path(html_diagram(diagram)), "M178.0 288.0h0M418.0 26.0h0");
}

TEST_CASE("html diagram: numbers at the ends of lines do not overlap") {
  Diagram diagram = one_line({{0, 0}, {4, 0.5}});
  diagram.runs = 3;
  diagram.numbered = true;
  diagram.lines.push_back({1, false, {{0, 0}, {4, 0.5}}});
  diagram.lines.push_back({2, false, {{0, 0}, {4, 0.501}}});
  const auto svg = html_diagram(diagram);
  std::vector<double> tops;
  for (auto at = svg.find("<text class=\"number"); at != std::string::npos;
       at = svg.find("<text class=\"number", at + 1)) {
    tops.push_back(std::stod(svg.substr(svg.find(" y=\"", at) + 4)));
  }
  REQUIRE_EQ(tops.size(), 3);
  CHECK_GE(tops[1] - tops[0], 11.9);
  CHECK_GE(tops[2] - tops[1], 11.9);
}

TEST_CASE("html diagram: names are shown, not obeyed") {
  Diagram diagram = one_line({{0, 0}});
  diagram.y_label = "<b>";
  diagram.name = "\"><script>";
  diagram.marks.push_back({0, {1, 0.5}, true, "</title><script>"});
  const auto svg = html_diagram(diagram);
  CHECK_FALSE(contains(svg, "<script"));
  CHECK_FALSE(contains(svg, "<b>"));
  CHECK(contains(svg, "&lt;b&gt;"));
}

TEST_CASE("html diagram: few runs have colours of their own, many share a ramp") {
  CHECK_EQ(run_colour(6, 7), "c6");
  CHECK_EQ(run_colour(0, 1000), "r0");
  CHECK_EQ(run_colour(999, 1000), "r11");
}

}  // namespace nnrun
