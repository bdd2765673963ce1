#include "report/draw.h"

#include <limits>

#include "report/stored.h"
#include "support.h"

namespace nnrun {
namespace {

using namespace test;

Figure loss_figure(const std::string& title = "mine") {
  Figure figure;
  figure.name = "8a";
  figure.title = title;
  figure.metric = "loss";
  return figure;
}

std::string svg_of(const Figure& figure, const std::vector<StoredRun>& runs) {
  return draw(make_picture(figure, runs), ImageFormat::kSvg);
}

/// A program of this name and content, alone in PATH but for the system's own.
struct Instead {
  explicit Instead(const std::string& script) {
    using std::filesystem::perms;
    const auto file = write_bytes(folder / "gnuplot", "#!/bin/sh\n" + script);
    std::filesystem::permissions(file, perms::owner_all);
  }
  TemporaryFolder folder;
  EnvironmentVariable path{"PATH", folder.path().string() + ":/usr/bin:/bin"};
};

TEST_CASE("draw: the same picture gives the same bytes, whatever stands in the environment") {
  const auto picture = make_picture(loss_figure(), {stored("units=1", {2, 1}, {2.5, 1.5}),
                                                    stored("units=2", {2, 1.5}, {2.5, 2})});
  const auto svg = draw(picture, ImageFormat::kSvg);
  const auto png = draw(picture, ImageFormat::kPng);
  CHECK(svg.starts_with("<?xml"));
  CHECK(svg.ends_with("</svg>\n\n"));
  CHECK(png.starts_with("\x89PNG\r\n"));

  const TemporaryFolder home;
  write_bytes(home / ".gnuplot", "set label 'from the init file' at screen 0.5, screen 0.5\n");
  const EnvironmentVariable other_home("HOME", home.path().string());
  const EnvironmentVariable locale("LC_ALL", "de_DE.UTF-8");
  const EnvironmentVariable terminal("GNUTERM", "dumb");
  CHECK(draw(picture, ImageFormat::kSvg) == svg);
  CHECK(draw(picture, ImageFormat::kPng) == png);
}

TEST_CASE("draw: no text of the user's is code, markup or a broken picture") {
  const TemporaryFolder folder;
  const std::string file = (folder / "broken_into").string();
  for (const std::string& hostile : std::vector<std::string>{
           "\"; system('touch " + file + "'); \"", "'; system(\"touch " + file + "\"); '",
           "`touch " + file + "`", "$(touch " + file + ")", "\\\"; system('touch " + file + "') #",
           "\nsystem('touch " + file + "')\n", "!touch " + file, std::string("END\nquit"),
           std::string("a_b^c{x} %s %d @m"), std::string("</text></svg><script>&amp;"),
           std::string("\xff\xfe\x01"), std::string(5000, '"')}) {
    auto run = stored("units=1", {2, 1}, {2, 1});
    run.name = hostile + "=" + hostile;
    auto other = run;
    other.experiment = hostile;
    auto figure = loss_figure(hostile);
    for (const Layout layout : {Layout::kOverlay, Layout::kPanels}) {
      figure.layout = layout;
      const auto svg = svg_of(figure, {run, other});
      CHECK(svg.ends_with("</svg>\n\n"));
      CHECK_FALSE(contains(svg, "<script"));
    }
  }
  CHECK_EQ(folder.names(), std::vector<std::string>{});
}

TEST_CASE("draw: text comes out as it was written") {
  const auto svg = svg_of(loss_figure("it's \"a_b\" `c` 50% \\n é"), {stored("run", {2}, {2})});
  CHECK(contains(svg, "it's \"a_b\" `c` 50% \\n é"));
}

TEST_CASE("draw: gaps, one epoch, constants and curves without a single value") {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::vector<std::vector<double>> curves = {{2, kNan, 1, kInfinity, 1},
                                                   {2, 1},
                                                   {1},
                                                   {0, 0, 0},
                                                   {kNan, kNan},
                                                   {1e-300, 1e99},
                                                   {-1e99, 1e99},
                                                   {5e-324, 0}};
  for (const auto& values : curves) {
    for (const bool logarithmic : {false, true}) {
      auto figure = loss_figure();
      figure.logarithmic = logarithmic;
      CHECK(svg_of(figure, {stored("run", values, values)}).ends_with("</svg>\n\n"));
    }
  }
}

TEST_CASE("draw: without gnuplot the error names the package") {
  const EnvironmentVariable path("PATH", "/nowhere");
  CHECK_EQ(error_of([&] { svg_of(loss_figure(), {stored("run", {1}, {1})}); }),
           "gnuplot: not found; figures are drawn by it: install the Debian package gnuplot-nox");
}

TEST_CASE("draw: when gnuplot fails its own words are told, and no file is left") {
  const Instead failing(
      "printf 'half a picture'; printf '\\n\\ngnuplot> plot\\n   ^\\n  oh no\\n' >&2; exit 3");
  const TemporaryFolder folder;
  const auto runs = std::vector{stored("run", {1}, {1})};
  CHECK_EQ(error_of([&] { draw_figure(loss_figure(), runs, folder.path(), {ImageFormat::kSvg}); }),
           "gnuplot: svg failed with status 3: gnuplot> plot; oh no");
  CHECK_EQ(folder.names(), std::vector<std::string>{});
}

TEST_CASE("draw: a gnuplot that draws nothing has failed") {
  const Instead silent("exit 0");
  CHECK_EQ(error_of([&] { svg_of(loss_figure(), {stored("run", {1}, {1})}); }),
           "gnuplot: svg failed with status 0: no message");
}

TEST_CASE("draw: a figure becomes a file of each format, in a folder made for it") {
  const TemporaryFolder folder;
  const auto paths = draw_figure(loss_figure(), {stored("run", {2, 1}, {2, 1})}, folder / "figures",
                                 {ImageFormat::kSvg, ImageFormat::kPng});
  REQUIRE_EQ(paths.size(), 2);
  CHECK_EQ(paths[0], folder / "figures/8a.svg");
  CHECK_EQ(paths[1], folder / "figures/8a.png");
  CHECK(read_bytes(paths[0]).starts_with("<?xml"));
  CHECK(read_bytes(paths[1]).starts_with("\x89PNG"));
}

}  // namespace
}  // namespace nnrun
