#include "report/gnuplot_script.h"
#include "support.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("gnuplot text: plain words stand as they are") {
  CHECK_EQ(gnuplot_text("learning rate 0.3 (a=1, b:2) +-/", 80),
           R"("learning rate 0.3 (a=1, b:2) +-/")");
  CHECK_EQ(gnuplot_text("µ é …", 80), "\"µ é …\"");
  CHECK_EQ(gnuplot_text("", 80), "\"\"");
}

TEST_CASE("gnuplot text: nothing that could mean something to gnuplot is left") {
  CHECK_EQ(gnuplot_text("\"'`\\", 80), R"("\042\047\140\134")");
  CHECK_EQ(gnuplot_text("a_b^c{d}@e$f#g%h;i!j|k&l~", 80),
           R"("a\137b\136c\173d\175\100e\044f\043g\045h\073i\041j\174k\046l\176")");
  CHECK_EQ(gnuplot_text("a\nb\r\t\x1b", 80), R"("a\134x0ab\134x0d\134x09\134x1b")");
  CHECK_EQ(gnuplot_text("\xff", 80), R"("\134xff")");
  CHECK_EQ(gnuplot_text(std::string("a\0b", 3), 80), R"("a\134x00b")");
}

TEST_CASE("gnuplot text: is cut, or broken at spaces") {
  CHECK_EQ(gnuplot_text("12345", 5), R"("12345")");
  CHECK_EQ(gnuplot_text("123456", 5), R"("12…56")");
  CHECK_EQ(gnuplot_text("ééééé", 4), R"("éé…é")");
  CHECK_EQ(gnuplot_text("one two three", 7, 2), R"("one two\nthree")");
  CHECK_EQ(gnuplot_text("one two three", 6, 2), R"("one\ntwo t…")");
  CHECK_EQ(gnuplot_text("onetwothree", 6, 2), R"("onetwo\nthree")");
  CHECK_EQ(gnuplot_text("one two three four five", 7, 3), "\"one two\\nthree\\nfour f…\"");
}

}  // namespace
}  // namespace nnrun
