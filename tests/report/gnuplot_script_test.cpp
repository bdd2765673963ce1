#include "report/gnuplot_script.h"

#include <algorithm>
#include <limits>

#include "support.h"

namespace nnrun {
namespace {

using namespace test;

Picture two_runs() {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  Picture picture;
  picture.title = "it's a_title";
  picture.y_label = "loss (nats per sample)";
  picture.series = {{"rate 0.3", {2, 0.1, 1e-5}, {2.5, kNan, 1}}, {"rate 0.7", {3, 2}, {}}};
  picture.x = {0, 2};
  picture.y = {0, 3.12};
  return picture;
}

std::string part(const std::string& text, const std::string& from, const std::string& to) {
  const auto start = text.find(from);
  REQUIRE_NE(start, std::string::npos);
  return text.substr(start, text.find(to, start) - start);
}

TEST_CASE("gnuplot script: the whole script of a small picture") {
  CHECK_EQ(gnuplot_script(two_runs(), ImageFormat::kSvg), R"script(set encoding utf8
set terminal svg noenhanced size 646,459 fixed font "Arial,16" background rgb "white"
set border 3 linewidth 1 linecolor rgb "#444444"
set grid linetype 1 linewidth 0.75 linecolor rgb "#DDDDDD"
set tics nomirror textcolor rgb "black"
set xrange [0:2] noextend
set yrange [0:3.12] noextend
set xtics 1
$run0 << END
0 2 2.5
1 0.1 NaN
2 1e-05 1
END
$run1 << END
0 3 NaN
1 2 NaN
END
unset key
set multiplot
set label "it\047s a\137title" at screen 0.50000, screen 0.94776 center font ",18"
set label "epoch" at screen 0.55418, screen 0.11189 center
set label "loss (nats per sample)" at screen 0.03096, screen 0.54506 center rotate by 90
set arrow from screen 0.09938, screen 0.05442 to screen 0.16130, screen 0.05442 nohead linewidth 1.5 dashtype solid linecolor rgb "#0072B2"
set label "" at screen 0.13034, screen 0.05442 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb "#0072B2"
set label "rate 0.3" at screen 0.17368, screen 0.05442 left
set arrow from screen 0.30248, screen 0.05442 to screen 0.36440, screen 0.05442 nohead linewidth 1.5 dashtype solid linecolor rgb "#D55E00"
set label "" at screen 0.33344, screen 0.05442 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb "#D55E00"
set label "rate 0.7" at screen 0.37678, screen 0.05442 left
set arrow from screen 0.50557, screen 0.05442 to screen 0.56749, screen 0.05442 nohead linewidth 1.5 dashtype solid linecolor rgb "#444444"
set label "training" at screen 0.57988, screen 0.05442 left
set arrow from screen 0.70867, screen 0.05442 to screen 0.77059, screen 0.05442 nohead linewidth 2 dashtype (7,5) linecolor rgb "#444444"
set label "validation" at screen 0.78297, screen 0.05442 left
set lmargin at screen 0.15170
set rmargin at screen 0.95666
set bmargin at screen 0.19678
set tmargin at screen 0.89334
set format y "%g"
set format x "%g"
plot $run0 using 1:2 with lines linewidth 1.5 dashtype solid linecolor rgb "#0072B2", \
     $run0 using 1:2 every 1::0 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb "#0072B2", \
     $run0 using 1:3 with lines linewidth 2 dashtype (7,5) linecolor rgb "#0072B2", \
     $run0 using 1:3 every 1::0 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb "#0072B2", \
     $run1 using 1:2 with lines linewidth 1.5 dashtype solid linecolor rgb "#D55E00", \
     $run1 using 1:2 every 1::0 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb "#D55E00"
unset label
unset arrow
unset multiplot
)script");
}

TEST_CASE("gnuplot script: PNG differs in its terminal alone") {
  const auto svg = gnuplot_script(two_runs(), ImageFormat::kSvg);
  const auto png = gnuplot_script(two_runs(), ImageFormat::kPng);
  const auto rest = [](const std::string& script) {
    return script.substr(script.find("set border"));
  };
  CHECK_EQ(rest(svg), rest(png));
  CHECK(contains(png, "set terminal pngcairo noenhanced "));
}

TEST_CASE("gnuplot script: one run has two colours and names itself in the legend") {
  Picture picture = two_runs();
  picture.series.resize(1);
  const auto script = gnuplot_script(picture, ImageFormat::kSvg);
  CHECK(contains(script, "\"rate 0.3, training\""));
  CHECK(contains(script, "\"rate 0.3, validation\""));
  CHECK_EQ(
      part(script, "plot ", "unset"),
      "plot $run0 using 1:2 with lines linewidth 1.5 dashtype solid linecolor rgb \"#0072B2\", \\\n"
      "     $run0 using 1:3 with lines linewidth 2 dashtype (7,5) linecolor rgb \"#D55E00\"\n");
  picture.series[0] = {"", {1}, {}};
  CHECK(contains(gnuplot_script(picture, ImageFormat::kSvg),
                 "$run0 using 1:2 with points pointtype 7 "));
}

TEST_CASE("gnuplot script: panels are plots of one run each with the same axes") {
  Picture picture = two_runs();
  picture.layout = Layout::kPanels;
  const auto script = gnuplot_script(picture, ImageFormat::kSvg);
  CHECK(contains(script, "set title \"rate 0.3\""));
  CHECK(contains(script, "set title \"rate 0.7\""));
  CHECK(contains(part(script, "set title \"rate 0.3\"", "unset label"), "plot $run0 "));
  CHECK(contains(part(script, "set title \"rate 0.7\"", "unset multi"), "plot $run1 "));
  CHECK_EQ(script.find("set yrange"), script.rfind("set yrange"));
  CHECK_EQ(script.find("\"training\""), script.rfind("\"training\""));
}

TEST_CASE("gnuplot script: 42 runs look different, each by its colour or its mark") {
  Picture picture = two_runs();
  picture.series.resize(42, picture.series[0]);
  const auto script = gnuplot_script(picture, ImageFormat::kSvg);
  std::vector<std::string> marks;
  for (std::size_t at = script.find("with points"); at != std::string::npos;
       at = script.find("with points", at + 1)) {
    marks.push_back(script.substr(at, script.find_first_of(",\n", at) - at));
  }
  const std::size_t drawn = marks.size();
  std::sort(marks.begin(), marks.end());
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  CHECK_EQ(marks.size(), drawn);
}

TEST_CASE("gnuplot script: a logarithmic axis, and nothing to draw at all") {
  Picture picture = two_runs();
  picture.logarithmic = true;
  picture.y = {0.5, 3};
  CHECK(contains(gnuplot_script(picture, ImageFormat::kSvg),
                 "set logscale y\nset ytics (0.5, 1, 2)\n"));
  picture.series = {{"", {}, {}}};
  CHECK(contains(gnuplot_script(picture, ImageFormat::kSvg), "plot NaN\n"));
}

TEST_CASE(
    "gnuplot script: bands lie behind all curves, in their colours, and the legend says what they are") {
  Picture picture = two_runs();
  picture.series[0].train_band = {{1.5, 0, -1}, {2.5, 0.2, 1}};
  picture.note = "mean of 3 seeds";
  const std::string script = gnuplot_script(picture, ImageFormat::kSvg);
  CHECK(contains(script, "0 2 2.5 1.5 2.5 NaN NaN\n1 0.1 NaN 0 0.2 NaN NaN\n"));
  const std::string plot = script.substr(script.find("plot $run0"));
  CHECK(
      plot.starts_with("plot $run0 using 1:4:5 with filledcurves fillstyle transparent solid 0.2 "
                       "noborder linecolor rgb \"#0072B2\", \\\n     $run0 using 1:2 with lines "));
  CHECK_EQ(plot.find("1:6:7"), std::string::npos);
  CHECK(contains(script,
                 "nohead linewidth 12 dashtype solid linecolor rgb \"#CC444444\"\n"
                 "set label \"mean of 3 seeds\""));
  picture.logarithmic = true;
  picture.y = {0.001, 10};
  CHECK(contains(gnuplot_script(picture, ImageFormat::kSvg), "2 1e-05 1 0.001 1 NaN NaN\n"));
}

TEST_CASE("gnuplot script: a mean without a band is a word of the legend, without a line") {
  Picture picture = two_runs();
  picture.note = "mean of 3 seeds";
  const std::string script = gnuplot_script(picture, ImageFormat::kSvg);
  CHECK(contains(script, "left\nset label \"mean of 3 seeds\" at "));
  CHECK_FALSE(contains(script, "filledcurves"));
}

}  // namespace
}  // namespace nnrun
